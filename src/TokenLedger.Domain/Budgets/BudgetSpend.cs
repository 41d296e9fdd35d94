using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>What days of a budget add up to, with what is expected beside the known runs. Pure.</summary>
internal sealed class BudgetSpend
{
    private readonly Budget budget;
    private readonly Dictionary<DateOnly, BudgetDay> days;
    private readonly List<(string Key, CalibratedAmount? Usual)> accounts;

    // The first day of which the ledger knows anything: of those before it nothing is expected.
    private readonly DateOnly firstKnown;

    /// <param name="budget">The budget.</param>
    /// <param name="days">Its days, those before the period too, in any order.</param>
    /// <param name="asOf">The UTC day that is not over yet: what is usual is told by days before it.</param>
    public BudgetSpend(Budget budget, IEnumerable<BudgetDay> days, DateOnly asOf)
    {
        this.budget = budget;
        this.days = days.ToDictionary(day => day.Day);
        firstKnown = this.days.Values.Where(day => day.IsKnown).Select(day => day.Day).DefaultIfEmpty(asOf).Min();
        var before = this.days.Values
            .Where(day => day.Day < asOf && day.Day.DayNumber >= asOf.DayNumber - UsualDays.DaysBack)
            .ToList();
        // No rule speaks of what no run answers for.
        var hasNoRest = budget.Scope.Team is not null || budget.Scope.Tags.Count > 0;
        accounts = budget.Include == BudgetInclude.Runs || hasNoRest ? [] :
        [
            .. this.days.Values.SelectMany(day => day.Accounts).Select(account => account.AccountKey)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(key => (key, UsualRest.Of(key, before))),
        ];
    }

    /// <summary>The day; one without anything where none is known.</summary>
    public BudgetDay DayOf(DateOnly day) => days.GetValueOrDefault(day) ?? new BudgetDay { Day = day };

    /// <summary>By final bills.</summary>
    public long SettledOf(BudgetDay day) => checked(day.SettledNanoCredits
        + (budget.Include == BudgetInclude.All ? Sum(day, account => account.SettledNanoCredits) : 0));

    /// <summary>By bills that may still change.</summary>
    public CalibratedAmount ProvisionalOf(BudgetDay day)
    {
        var rest = budget.Include == BudgetInclude.All ? Sum(day, account => account.ProvisionalNanoCredits) : 0;
        return day.Provisional + new CalibratedAmount(rest, rest, rest);
    }

    /// <summary>By calibrated estimates, and by what is usual where there is no bill yet.</summary>
    public CalibratedAmount EstimatedOf(BudgetDay day) => accounts
        .Where(account => day.Day >= firstKnown && !HasBill(day, account.Key))
        .Aggregate(day.Estimated, (sum, account) => sum + (account.Usual ?? default));

    /// <summary>All of it.</summary>
    public CalibratedAmount TotalOf(BudgetDay day)
    {
        var settled = SettledOf(day);
        return new CalibratedAmount(settled, settled, settled) + ProvisionalOf(day) + EstimatedOf(day);
    }

    /// <summary>Whether something is usual beside the known runs on the day, and nobody knows how much.</summary>
    public bool IsRestUnknown(BudgetDay day) =>
        day.Day >= firstKnown && accounts.Exists(account => account.Usual is null && !HasBill(day, account.Key));

    /// <summary>
    /// What the whole days before a day tell; those before the first of which the ledger knows anything do not count.
    /// </summary>
    public UsualDays? UsualBefore(DateOnly day)
    {
        if (firstKnown >= day)
            return null;
        var from = Math.Max(firstKnown.DayNumber, day.DayNumber - UsualDays.DaysBack);
        return UsualDays.Of(
        [
            .. Enumerable.Range(from, day.DayNumber - from)
                .Select(DateOnly.FromDayNumber)
                .Select(known => (known, TotalOf(DayOf(known)).NanoCredits)),
        ]);
    }

    private static bool HasBill(BudgetDay day, string accountKey) => day.Accounts.Any(account =>
        account.HasBill && string.Equals(account.AccountKey, accountKey, StringComparison.Ordinal));

    private static long Sum(BudgetDay day, Func<BudgetAccountDay, long> figure) =>
        day.Accounts.Aggregate(0L, (sum, account) => checked(sum + figure(account)));
}
