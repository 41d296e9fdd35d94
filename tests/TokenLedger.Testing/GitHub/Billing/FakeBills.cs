using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>The bills of the fake GitHub: one list of money for each account, which all views show.</summary>
public sealed class FakeBills
{
    private readonly ConcurrentDictionary<string, ImmutableList<FakeCharge>> charges =
        new(StringComparer.OrdinalIgnoreCase);

    private ImmutableList<(string Account, FakeCostCenter Center)> centers = [];
    private ImmutableList<(string Account, FakeBudget Budget)> budgets = [];

    /// <summary>Makes an account known whose bill is empty.</summary>
    /// <param name="account">
    /// <c>organizations/acme</c>, <c>enterprises/acme-inc</c> or <c>users/octocat</c>.
    /// </param>
    public void Add(string account) => charges.TryAdd(account, []);

    /// <summary>Adds to an account's bill.</summary>
    public void Add(string account, params FakeCharge[] more) =>
        charges.AddOrUpdate(account, [.. more], (_, known) => known.AddRange(more));

    /// <summary>Takes a day out of an account's bill.</summary>
    public void Clear(string account, DateOnly day) =>
        charges.AddOrUpdate(account, [], (_, known) => known.RemoveAll(charge => charge.Day == day));

    /// <summary>Adds a cost centre to an enterprise.</summary>
    /// <returns>Its id.</returns>
    public string AddCostCenter(string account, string name, bool isActive = true)
    {
        Add(account);
        var center = new FakeCostCenter($"2eeb8ffe-6903-11ee-8c99-{centers.Count:x12}", name, isActive);
        ImmutableInterlocked.Update(ref centers, list => list.Add((account, center)));
        return center.Id;
    }

    /// <summary>Adds budgets to an account.</summary>
    public void AddBudgets(string account, params FakeBudget[] more)
    {
        Add(account);
        ImmutableInterlocked.Update(
            ref budgets, list => list.AddRange(more.Select(budget => (account, budget))));
    }

    /// <summary>Takes all budgets from an account.</summary>
    public void ClearBudgets(string account) => ImmutableInterlocked.Update(
        ref budgets, list => list.RemoveAll(pair => IsOf(pair.Account, account)));

    internal IReadOnlyList<FakeBudget> BudgetsOf(string account) =>
        [.. budgets.Where(pair => IsOf(pair.Account, account)).Select(pair => pair.Budget)];

    private static bool IsOf(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    internal IReadOnlyList<FakeCharge>? Of(string account) => charges.GetValueOrDefault(account);

    internal IEnumerable<FakeCostCenter> CentersOf(string account) => centers
        .Where(pair => string.Equals(pair.Account, account, StringComparison.OrdinalIgnoreCase))
        .Select(pair => pair.Center);
}
