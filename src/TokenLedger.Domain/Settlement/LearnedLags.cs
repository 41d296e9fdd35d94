namespace TokenLedger.Domain.Settlement;

/// <summary>
/// How late the bills of one account's closed days came and last changed, counted from the end of each day.
/// </summary>
/// <param name="Days">How many closed days it is learned from.</param>
/// <param name="FirstSeenMedian">Half of the days were seen first by then.</param>
/// <param name="FirstSeen95">95 of 100 days were seen first by then.</param>
/// <param name="LastChangedMedian">Half of the days changed last by then.</param>
/// <param name="LastChanged95">95 of 100 days changed last by then.</param>
public sealed record LearnedLags(
    int Days, TimeSpan FirstSeenMedian, TimeSpan FirstSeen95, TimeSpan LastChangedMedian, TimeSpan LastChanged95)
{
    /// <summary>The newest closed days that count.</summary>
    public const int DaysMax = 60;

    /// <summary>
    /// The least looks at a day that counts: one that was first asked for weeks later says nothing of how late its bill
    /// was.
    /// </summary>
    public const int LooksMin = 5;

    /// <summary>The longest that is learned; a bill that is later than that is seen when its month closes.</summary>
    public static readonly TimeSpan LagMax = TimeSpan.FromDays(21);

    /// <summary>With fewer, one late day would be taken for the rule.</summary>
    public const int DaysMin = 20;

    /// <summary>The lags of an account; null with too few closed days.</summary>
    /// <param name="days">
    /// Settlements of the account; those that are not closed, or closed for a reason, do not count.
    /// </param>
    public static LearnedLags? Of(IEnumerable<DaySettlement> days)
    {
        var closed = days
            .Where(day => day is
            {
                Status: SettlementStatus.Closed, Reason: null, FirstSeenAt: not null, Observations: >= LooksMin,
            })
            .OrderByDescending(day => day.Day)
            .Take(DaysMax)
            .ToList();
        if (closed.Count < DaysMin)
            return null;
        var first = closed.ConvertAll(day => LagOf(day, day.FirstSeenAt!.Value));
        var last = closed.ConvertAll(day => LagOf(day, day.LastChangedAt ?? day.FirstSeenAt!.Value));
        return new LearnedLags(
            closed.Count, Percentile(first, 50), Percentile(first, 95), Percentile(last, 50), Percentile(last, 95));
    }

    private static TimeSpan LagOf(DaySettlement day, DateTimeOffset at)
    {
        var lag = at - new DateTimeOffset(day.Day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1);
        return lag < TimeSpan.Zero ? TimeSpan.Zero : lag < LagMax ? lag : LagMax;
    }

    // The nearest rank: a lag that was seen, none between two.
    private static TimeSpan Percentile(List<TimeSpan> lags, int percent)
    {
        var ordered = lags.Order().ToList();
        var rank = Enumerable.Range(1, ordered.Count).First(place => place * 100 >= ordered.Count * percent);
        return ordered[rank - 1];
    }
}
