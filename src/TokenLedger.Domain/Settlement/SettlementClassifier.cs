using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Settlement;

/// <summary>Tells from the looks at a day how final its bill is. Pure: the time is an argument.</summary>
public static class SettlementClassifier
{
    /// <summary>The settlement of a day.</summary>
    /// <param name="account">The wallet.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="looks">All observations of the day's basis view, in any order, superseded ones too.</param>
    /// <param name="hasUsage">
    /// Whether runs are known to have used something on that day: an empty bill then never settles.
    /// </param>
    /// <param name="now">The time of asking, UTC.</param>
    public static DaySettlement Classify(
        BillingAccount account, DateOnly day, IEnumerable<Observation> looks, bool hasUsage, DateTimeOffset now)
    {
        var ordered = looks
            .OrderBy(look => look.ObservedAt)
            .ThenBy(look => look.ContentHash, StringComparer.Ordinal)
            .ToList();
        if (ordered.Count == 0)
            return new DaySettlement(account, day, SettlementStatus.Estimated, 0, null, null);
        var last = ordered[^1];
        var firstAlike = ordered.Count - 1;
        while (firstAlike > 0 && IsAlike(ordered[firstAlike - 1], last))
            firstAlike--;
        var policy = SettlementPolicy.Of(account.Source);
        var dayEnd = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        var isEmptyButUsed = last.Charges.Count == 0 && hasUsage;
        var isSettled = !isEmptyButUsed
            && !last.IsIncomplete
            && last.ObservedAt - dayEnd >= policy.SettledAge
            && last.ObservedAt - ordered[firstAlike].ObservedAt >= policy.EqualLooksApart;
        var closesAt = policy.ClosedAfterDayEnd is { } age
            ? dayEnd + age
            : new DateTimeOffset(new DateOnly(day.Year, day.Month, 1).AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero)
                + policy.ClosedAfterMonthEnd.GetValueOrDefault();
        var status = !isSettled ? SettlementStatus.Provisional
            : now >= closesAt && last.ObservedAt >= closesAt ? SettlementStatus.Closed
            : SettlementStatus.Settled;
        return new DaySettlement(
            account, day, status, ordered.Count, ordered[0].ObservedAt, ordered[firstAlike].ObservedAt);
    }

    private static bool IsAlike(Observation left, Observation right) =>
        string.Equals(left.ContentHash, right.ContentHash, StringComparison.Ordinal);
}
