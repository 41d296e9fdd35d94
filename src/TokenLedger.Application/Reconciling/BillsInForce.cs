using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Reconciling;

/// <summary>
/// The looks at one account and day that count for a scope: the newest complete one of each view and filter, and of
/// users' parts those of the total (<see cref="UsersOfTotal"/>).
/// </summary>
/// <remarks>
/// A scope may be a part of the account: an organisation of an enterprise, a cost centre. An answer that was asked for
/// just that part is whole for the scope; of any other the rows that name the part are taken.
/// </remarks>
internal static class BillsInForce
{
    private const string OrganizationFilter = "organization";
    private const string CostCenterFilter = "costCenter";

    /// <summary>The observations in force, ordered by view and filter.</summary>
    /// <param name="looks">All looks of one account and day, in the order in which the ledger keeps them.</param>
    /// <param name="scope">What is asked for.</param>
    public static IReadOnlyList<Observation> Of(IEnumerable<Observation> looks, ReconciliationScope scope)
    {
        var all = looks.ToList();
        var inForce = NewestOf(all, scope);
        var kept = UsersOfTotal.Keep(
            all, inForce.FirstOrDefault(look => look is { View: BillView.AiCreditUsage, Filter.Length: 0 }));
        return kept.Count == all.Count ? inForce : NewestOf(kept, scope);
    }

    /// <summary>Of looks at one view, those whose answer counts first for the scope, superseded ones too.</summary>
    public static IEnumerable<Observation> Decisive(IEnumerable<Observation> looks, ReconciliationScope scope) => looks
        .GroupBy(look => look.Filter, StringComparer.Ordinal)
        .OrderBy(group => Within(group.First(), scope), StringComparer.Ordinal)
        .ThenByDescending(group => group.Key.Length)
        .FirstOrDefault() ?? Enumerable.Empty<Observation>();

    private static List<Observation> NewestOf(IReadOnlyList<Observation> looks, ReconciliationScope scope) => [.. looks
        .GroupBy(look => (look.View, look.Filter))
        .OrderBy(group => group.Key.View)
        .ThenBy(group => group.Key.Filter, StringComparer.Ordinal)
        .Select(NewestWithAge)
        .Select(look => (Look: Narrow(look, scope), AskedLength: look.Filter.Length))
        .Where(pair => pair.Look is not null)
        // An answer asked for the part and the rows of a wider answer that name it are the same money.
        .GroupBy(pair => (pair.Look!.View, pair.Look.Filter))
        .Select(group => group.OrderByDescending(pair => pair.AskedLength).First().Look!)];

    private static Observation NewestWithAge(IEnumerable<Observation> looks)
    {
        var all = looks.ToList();
        var newest = Newest(all);
        var since = newest.ObservedAt;
        foreach (var look in all.Where(look => !look.IsIncomplete).OrderByDescending(look => look.ObservedAt))
        {
            if (look.ObservedAt > newest.ObservedAt)
                continue;
            if (!string.Equals(look.ContentHash, newest.ContentHash, StringComparison.Ordinal))
                break;
            since = look.ObservedAt;
        }

        return newest with { UnchangedSince = since };
    }

    // A file that was cut off must not make a bill smaller. Of two looks at the same time the later stored one counts:
    // the ledger keeps them in that order.
    private static Observation Newest(IEnumerable<Observation> looks) => looks.Aggregate((newest, look) =>
        look.IsIncomplete == newest.IsIncomplete
            ? look.ObservedAt >= newest.ObservedAt ? look : newest
            : look.IsIncomplete ? newest : look);

    private static Observation? Narrow(Observation look, ReconciliationScope scope)
    {
        var unasked = PartsOf(look.Account, scope).Where(part => !IsAskedFor(look.Filter, part)).ToList();
        var filter = Within(look, scope);
        if (unasked.Count == 0)
            return look with { Filter = filter };
        var charges = look.Charges.Where(charge => unasked.TrueForAll(part => Names(charge, part))).ToList();
        return charges.Count == 0
            ? null
            : look with
            {
                Filter = filter,
                Charges = charges,
                GrossNanoCredits = charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits)),
            };
    }

    private static IEnumerable<(string Filter, string Value)> PartsOf(
        BillingAccount account, ReconciliationScope scope)
    {
        if (scope.Kind == ScopeKind.Organization && account.Kind == BillingAccountKind.Enterprise)
            yield return (OrganizationFilter, scope.Name);
        if (scope.CostCenter is { } costCenter)
            yield return (CostCenterFilter, costCenter);
    }

    private static bool Names(Charge charge, (string Filter, string Value) part)
    {
        var dimension = string.Equals(part.Filter, OrganizationFilter, StringComparison.Ordinal)
            ? charge.Dimensions.Organization
            : charge.Dimensions.CostCenter;
        return dimension.State == DimensionState.Value && dimension.Admits(part.Value);
    }

    // The filter without what the scope asks for anyway.
    private static string Within(Observation look, ReconciliationScope scope)
    {
        var parts = PartsOf(look.Account, scope).ToList();
        return string.Join('&', look.Filter.Split('&').Where(pair => !parts.Exists(part => IsAskedFor(pair, part))));
    }

    private static bool IsAskedFor(string filter, (string Filter, string Value) part) => filter
        .Split('&')
        .Select(pair => pair.Split('=', 2))
        .Any(pair => pair.Length == 2
            && string.Equals(pair[0], part.Filter, StringComparison.Ordinal)
            && string.Equals(Uri.UnescapeDataString(pair[1]), part.Value, StringComparison.OrdinalIgnoreCase));
}
