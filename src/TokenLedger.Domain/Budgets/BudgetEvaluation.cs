using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>Tells how a budget stands in a period. Pure.</summary>
public static class BudgetEvaluation
{
    /// <summary>Days before a period, and before today, that tell what is usual.</summary>
    public const int DaysBack = UsualDays.DaysBack;

    /// <summary>The status.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="period">The period; it has begun.</param>
    /// <param name="days">
    /// The budget's days: those of the period so far and <see cref="DaysBack"/> before its last; in any order, at most
    /// one of a date.
    /// </param>
    /// <param name="overrides">Decisions to raise limits; those of other budgets are passed over.</param>
    /// <param name="billedAccounts">Keys of the accounts whose bill somebody asks for.</param>
    /// <param name="now">The time, UTC.</param>
    public static BudgetStatus StatusOf(
        Budget budget, BudgetPeriod period, IReadOnlyCollection<BudgetDay> days,
        IEnumerable<BudgetOverride> overrides, IReadOnlySet<string> billedAccounts, DateTimeOffset now)
    {
        var asOf = Min(DateOnly.FromDateTime(now.UtcDateTime), period.To);
        var spend = new BudgetSpend(budget, days.Where(day => day.Day <= asOf && day.Day < period.To), asOf);
        List<BudgetDay> own =
        [
            .. Days(period.From, Min(period.To, asOf.DayNumber + 1)).Select(spend.DayOf),
        ];
        var totals = own.ConvertAll(day => (day.Day, spend.TotalOf(day).NanoCredits));
        var spent = own.Aggregate(default(CalibratedAmount), (sum, day) => sum + spend.TotalOf(day));
        var today = totals.Where(day => day.Day == asOf).Sum(day => day.NanoCredits);
        var usual = spend.UsualBefore(asOf);
        var limit = LimitOf(budget, overrides, Min(asOf, period.To.AddDays(-1)));
        return new BudgetStatus
        {
            Budget = budget,
            From = period.From,
            To = period.To,
            LimitNanoCredits = limit,
            SettledNanoCredits = own.Aggregate(0L, (sum, day) => checked(sum + spend.SettledOf(day))),
            ProvisionalNanoCredits =
                own.Aggregate(0L, (sum, day) => checked(sum + spend.ProvisionalOf(day).NanoCredits)),
            EstimatedNanoCredits = own.Aggregate(0L, (sum, day) => checked(sum + spend.EstimatedOf(day).NanoCredits)),
            Spent = spent,
            IncompleteReasons = ReasonsOf(own, spend, days, billedAccounts),
            BurnRateNanoCreditsPerDay = BurnRateOf(totals, asOf),
            Forecast = SpendForecast.Of(spent, today, asOf, period.To, usual),
            ExhaustedOn = SpendForecast.ExhaustedOn(limit, totals, asOf, period.To, usual),
            EvaluatedAt = now,
        };
    }

    /// <summary>The limit with the overrides in force on a day.</summary>
    public static long LimitOf(Budget budget, IEnumerable<BudgetOverride> overrides, DateOnly day) => overrides
        .Where(raise => raise.IsInForce(day)
            && string.Equals(raise.BudgetName, budget.Name, StringComparison.OrdinalIgnoreCase))
        .Aggregate(budget.LimitNanoCredits, (limit, raise) => Math.Min(
            long.MaxValue - raise.NanoCredits, limit) + raise.NanoCredits);

    private static List<string> ReasonsOf(
        List<BudgetDay> own, BudgetSpend spend, IEnumerable<BudgetDay> all, IReadOnlySet<string> billedAccounts)
    {
        var reasons = own.SelectMany(day => day.IncompleteReasons).ToHashSet(StringComparer.Ordinal);
        if (own.Exists(spend.IsRestUnknown))
            reasons.Add(BudgetIncompleteness.OtherUsageUnknown);
        var billed = all.SelectMany(day => day.Accounts)
            .Where(account => account.HasBill)
            .Select(account => account.AccountKey)
            .ToHashSet(StringComparer.Ordinal);
        if (own.SelectMany(day => day.Accounts).Any(account =>
            account.HasUsage && !billed.Contains(account.AccountKey) && !billedAccounts.Contains(account.AccountKey)))
            reasons.Add(BudgetIncompleteness.NoBillSource);
        return [.. reasons.Order(StringComparer.Ordinal)];
    }

    private static long? BurnRateOf(List<(DateOnly Day, long NanoCredits)> totals, DateOnly asOf)
    {
        var whole = totals.Where(day => day.Day < asOf).ToList();
        return whole.Count == 0 ? null
            : decimal.ToInt64(decimal.Truncate(Ratio.Of(whole.Sum(day => (decimal)day.NanoCredits), whole.Count)));
    }

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Min(DateOnly one, int other) =>
        one.DayNumber < other ? one : DateOnly.FromDayNumber(other);

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) =>
        Enumerable.Range(from.DayNumber, Math.Max(0, to.DayNumber - from.DayNumber)).Select(DateOnly.FromDayNumber);
}
