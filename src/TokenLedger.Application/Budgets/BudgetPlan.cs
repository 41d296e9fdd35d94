using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>Which periods are to be told, and the days that they need. Pure.</summary>
/// <param name="Periods">The periods.</param>
/// <param name="Days">The UTC days, ascending: those of the periods so far and the 28 before; none after today.</param>
internal sealed record BudgetPlan(
    IReadOnlyList<(Budget Budget, BudgetPeriod Period)> Periods, IReadOnlyList<DateOnly> Days)
{
    /// <summary>The periods that days lie in.</summary>
    /// <param name="budgets">The budgets.</param>
    /// <param name="at">The UTC day whose periods are asked for; not after today.</param>
    /// <param name="changed">
    /// Days that have changed: their periods are told anew, but of rolling budgets only the one asked for.
    /// </param>
    /// <param name="today">The UTC day that is not over yet.</param>
    public static BudgetPlan Of(
        IReadOnlyList<Budget> budgets, DateOnly at, IReadOnlyList<DateOnly> changed, DateOnly today)
    {
        var known = changed.Where(day => day <= today).Distinct().ToList();
        List<(Budget Budget, BudgetPeriod Period)> periods =
        [
            .. budgets.SelectMany(budget => known
                .Where(_ => budget.Period != BudgetPeriodKind.Rolling)
                .Prepend(at)
                .Select(day => BudgetPeriods.Of(budget, day))
                .OfType<BudgetPeriod>()
                .Distinct()
                .Select(period => (budget, period))),
        ];
        var days = new SortedSet<DateOnly>(known);
        // What the next run of a workflow costs is told by as many days, with and without a budget.
        AddBefore(days, today);
        days.Add(today);
        foreach (var (_, period) in periods)
            AddDaysOf(days, period, today);
        return new BudgetPlan(periods, [.. days]);
    }

    /// <summary>The periods of a budget that lie wholly within days, ascending; rolling ones a day apart.</summary>
    public static IReadOnlyList<BudgetPeriod> PeriodsWithin(Budget budget, DateOnly from, DateOnly to)
    {
        var periods = new List<BudgetPeriod>();
        // Bounded by the calendar.
        for (var day = from; day < to; day = day.AddDays(1))
        {
            if (BudgetPeriods.Of(budget, day) is { } period && period.From >= from && period.To <= to
                && (periods.Count == 0 || periods[^1] != period))
                periods.Add(period);
        }

        return periods;
    }

    /// <summary>The days that a period needs.</summary>
    public static void AddDaysOf(SortedSet<DateOnly> days, BudgetPeriod period, DateOnly today)
    {
        var asOf = today < period.To ? today : period.To;
        AddBefore(days, asOf);
        for (var day = period.From; day < period.To && day <= today; day = day.AddDays(1))
            days.Add(day);
    }

    /// <summary>Whether a day is one of those that tell how a budget stands in a period.</summary>
    public static bool IsNeeded(DateOnly day, BudgetPeriod period, DateOnly today)
    {
        var asOf = today < period.To ? today : period.To;
        return day <= today && day < period.To
            && (day >= period.From || day.DayNumber >= asOf.DayNumber - BudgetEvaluation.DaysBack);
    }

    private static void AddBefore(SortedSet<DateOnly> days, DateOnly asOf)
    {
        for (var back = 1; back <= BudgetEvaluation.DaysBack && asOf.DayNumber >= back; back++)
            days.Add(asOf.AddDays(-back));
    }
}
