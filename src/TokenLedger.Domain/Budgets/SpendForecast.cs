using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>What a period will have spent when it ends. Pure.</summary>
internal static class SpendForecast
{
    /// <summary>The forecast; null when too few days tell.</summary>
    /// <param name="spent">Spent so far in the period, today too.</param>
    /// <param name="today">The part of it that is today's.</param>
    /// <param name="asOf">The UTC day that is not over yet.</param>
    /// <param name="end">The end of the period, exclusive.</param>
    /// <param name="usual">What whole days of the past tell.</param>
    public static CalibratedAmount? Of(
        CalibratedAmount spent, long today, DateOnly asOf, DateOnly end, UsualDays? usual)
    {
        if (asOf >= end)
            return spent;
        if (usual is null)
            return null;
        var remaining = 0m;
        // Bounded by the longest period.
        for (var day = asOf; day < end; day = day.AddDays(1))
            remaining += RemainingOf(day, today, asOf, usual);
        var distance = usual.DistanceOver(end.DayNumber - asOf.DayNumber);
        var expected = Nano(spent.NanoCredits + remaining);
        return new CalibratedAmount(
            expected,
            Math.Min(expected, Nano(spent.LowNanoCredits + Math.Max(0, remaining - distance))),
            Math.Max(expected, Nano(spent.HighNanoCredits + remaining + distance)));
    }

    /// <summary>The UTC day on which the limit is reached; null when not within the period.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="days">What each day of the period spent so far, in order, today too.</param>
    /// <param name="asOf">The UTC day that is not over yet.</param>
    /// <param name="end">The end of the period, exclusive.</param>
    /// <param name="usual">What whole days of the past tell.</param>
    public static DateOnly? ExhaustedOn(
        long limit, IReadOnlyList<(DateOnly Day, long NanoCredits)> days, DateOnly asOf, DateOnly end,
        UsualDays? usual)
    {
        var sum = 0m;
        foreach (var day in days)
        {
            sum += day.NanoCredits;
            if (sum >= limit && days.Sum(other => (decimal)other.NanoCredits) >= limit)
                return day.Day;
        }

        if (usual is null)
            return null;
        var today = days.Where(day => day.Day == asOf).Sum(day => day.NanoCredits);
        for (var day = asOf; day < end; day = day.AddDays(1))
        {
            sum += RemainingOf(day, today, asOf, usual);
            if (sum >= limit)
                return day;
        }

        return null;
    }

    // Of today what is usual and not spent yet; the clock is no part of it, so that the same ledger tells the same.
    private static decimal RemainingOf(DateOnly day, long today, DateOnly asOf, UsualDays usual) =>
        day == asOf ? Math.Max(0, usual.Expected(day) - today) : usual.Expected(day);

    private static long Nano(decimal nanoCredits) =>
        decimal.ToInt64(decimal.Truncate(Math.Clamp(nanoCredits, long.MinValue, long.MaxValue)));
}
