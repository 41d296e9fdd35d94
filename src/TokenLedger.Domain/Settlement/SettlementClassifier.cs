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
        BillingAccount account, DateOnly day, IEnumerable<Observation> looks, bool hasUsage, DateTimeOffset now) =>
        Classify(account, day, looks, hasUsage, isPolled: false, lags: null, now);

    /// <summary>The settlement of a day.</summary>
    /// <param name="account">The wallet.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="looks">All observations of the day's basis view, in any order, superseded ones too.</param>
    /// <param name="hasUsage">Whether runs are known to have used something on that day.</param>
    /// <param name="isPolled">
    /// Whether the provider is asked for the bill. Such a day ends: what is not closed when it is asked for no more is
    /// closed for a reason. A bill that comes as files may come at any time.
    /// </param>
    /// <param name="lags">
    /// What the account's closed days taught; null when too little is known, or the day has settled before. They put
    /// settling off and nothing else: a day closes by the calendar.
    /// </param>
    /// <param name="now">The time of asking, UTC.</param>
    public static DaySettlement Classify(
        BillingAccount account, DateOnly day, IEnumerable<Observation> looks, bool hasUsage, bool isPolled,
        LearnedLags? lags, DateTimeOffset now)
    {
        var policy = SettlementPolicy.Of(account.Source);
        var ordered = looks
            .OrderBy(look => look.ObservedAt)
            .ThenBy(look => look.ContentHash, StringComparer.Ordinal)
            .ToList();
        var isOver = isPolled && now >= SettlementPolicy.DayEnd(day) + PollPolicy.GivenUpAfterDayEnd;
        if (ordered.Count == 0)
        {
            return isOver
                ? new DaySettlement(account, day, SettlementStatus.Closed, 0, null, null)
                {
                    Reason = SettlementReason.Unreachable,
                }
                : new DaySettlement(account, day, SettlementStatus.Estimated, 0, null, null);
        }

        var firstAlike = FirstAlikeOf(ordered);
        var (status, reason) = StatusOf(ordered, firstAlike, day, hasUsage, policy, lags, now);
        if (isOver && status != SettlementStatus.Closed)
        {
            reason ??= ordered[^1].ObservedAt >= policy.ClosesAt(day) && !ordered[^1].IsIncomplete
                ? SettlementReason.StillChanging
                : SettlementReason.Unreachable;
            status = SettlementStatus.Closed;
        }

        var firstSeen = ordered.Find(look => look.Charges.Count > 0) ?? ordered[0];
        return new DaySettlement(
            account, day, status, ordered.Count, firstSeen.ObservedAt, ordered[firstAlike].ObservedAt)
        {
            Reason = reason,
        };
    }

    private static (SettlementStatus Status, SettlementReason? Reason) StatusOf(
        List<Observation> ordered, int firstAlike, DateOnly day, bool hasUsage, SettlementPolicy policy,
        LearnedLags? lags, DateTimeOffset now)
    {
        var last = ordered[^1];
        var age = last.ObservedAt - SettlementPolicy.DayEnd(day);
        var isProven = !last.IsIncomplete
            && age >= policy.SettledAge
            && last.ObservedAt - ordered[firstAlike].ObservedAt >= policy.EqualLooksApart;
        if (!isProven)
            return (SettlementStatus.Provisional, null);
        if (last.Charges.Count == 0 && hasUsage)
            return (SettlementStatus.Provisional, SettlementReason.NoBillForUsage);
        var closesAt = policy.ClosesAt(day);
        return (now >= closesAt && last.ObservedAt >= closesAt ? SettlementStatus.Closed
            : age >= policy.Learned(lags).SettledAge ? SettlementStatus.Settled
            : SettlementStatus.Provisional, null);
    }

    private static int FirstAlikeOf(List<Observation> ordered)
    {
        var first = ordered.Count - 1;
        while (first > 0
            && string.Equals(ordered[first - 1].ContentHash, ordered[^1].ContentHash, StringComparison.Ordinal))
            first--;
        return first;
    }
}
