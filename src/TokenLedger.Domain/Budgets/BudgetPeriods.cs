namespace TokenLedger.Domain.Budgets;

/// <summary>The periods of budgets. UTC; a week begins on Monday, as in ISO 8601.</summary>
public static class BudgetPeriods
{
    /// <summary>The longest period that is added up.</summary>
    public const int DaysMax = 366;

    /// <summary>The period that a day lies in; null where a credit pool grants nothing on the day.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="day">The UTC day.</param>
    public static BudgetPeriod? Of(Budget budget, DateOnly day) => budget.Period switch
    {
        BudgetPeriodKind.Day => Between(day, 0, 1),
        BudgetPeriodKind.Week => WeekOf(day),
        BudgetPeriodKind.Month => MonthOf(day),
        BudgetPeriodKind.Rolling => Between(day, 1 - Math.Max(1, budget.RollingDays), 1),
        _ => CycleOf(budget, day),
    };

    /// <summary>The period before another; null where there is none.</summary>
    public static BudgetPeriod? Before(Budget budget, BudgetPeriod period) =>
        period.From == DateOnly.MinValue ? null
        : Of(budget, budget.Period == BudgetPeriodKind.Rolling ? period.To.AddDays(-2) : period.From.AddDays(-1));

    private static BudgetPeriod WeekOf(DateOnly day)
    {
        // .NET counts from Sunday.
        var sinceMonday = ((int)day.DayOfWeek + 6) % 7;
        return Between(day, -sinceMonday, 7 - sinceMonday);
    }

    private static BudgetPeriod MonthOf(DateOnly day) =>
        Between(day, 1 - day.Day, DateTime.DaysInMonth(day.Year, day.Month) + 1 - day.Day);

    private static BudgetPeriod? CycleOf(Budget budget, DateOnly day)
    {
        if (budget.Pool is not { } pool || day == DateOnly.MaxValue)
            return null;
        var (start, end) = pool.CyclesIn(day, day.AddDays(1)).FirstOrDefault();
        return end > start ? new BudgetPeriod(start, end) : null;
    }

    // The calendar ends.
    private static BudgetPeriod Between(DateOnly day, int from, int to) => new(
        DateOnly.FromDayNumber(Math.Max(DateOnly.MinValue.DayNumber, day.DayNumber + from)),
        DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, day.DayNumber + to)));
}
