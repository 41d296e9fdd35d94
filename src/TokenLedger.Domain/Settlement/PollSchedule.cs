using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Settlement;

/// <summary>Tells when a day's bill is to be looked at. Pure: the time is an argument.</summary>
/// <remarks>
/// The distance is counted from the last look and not from the clock: two looks must lie far enough apart to settle.
/// </remarks>
public static class PollSchedule
{
    /// <summary>The next look at a day.</summary>
    /// <param name="account">The wallet, whose source decides the policy.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="looks">All looks at the day in the view that is polled, in any order.</param>
    /// <param name="hasUsage">Whether runs are known to have used something on that day.</param>
    /// <param name="notBefore">When a provider that refused may be asked again, UTC; null without a refusal.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="lags">What the account's closed days taught; null when too little is known.</param>
    public static PollDecision Next(
        BillingAccount account,
        DateOnly day,
        IReadOnlyCollection<Observation> looks,
        bool hasUsage,
        DateTimeOffset? notBefore,
        DateTimeOffset now,
        LearnedLags? lags = null)
    {
        var policy = PollPolicy.Of(account.Source).Learned(lags);
        var dayEnd = SettlementPolicy.DayEnd(day);
        var dueAt = DueAt(policy, dayEnd, looks);
        if (notBefore is { } earliest && earliest > dueAt)
            dueAt = earliest;
        var givenUpAt = dayEnd + PollPolicy.GivenUpAfterDayEnd;
        var isOver = dueAt >= givenUpAt
            || now >= givenUpAt
            || SettlementClassifier.Classify(
                account, day, looks, hasUsage, isPolled: true, lags, now).Status == SettlementStatus.Closed;
        return isOver ? new PollDecision(PollDecisionKind.Never, DateTimeOffset.MaxValue)
            : new PollDecision(now >= dueAt ? PollDecisionKind.Now : PollDecisionKind.Later, dueAt);
    }

    private static DateTimeOffset DueAt(
        PollPolicy policy, DateTimeOffset dayEnd, IReadOnlyCollection<Observation> looks)
    {
        var first = dayEnd + policy.FirstAfterDayEnd;
        if (looks.Count == 0)
            return first;
        var last = looks.Max(look => look.ObservedAt);
        var soon = last + policy.Often;
        var next = soon < dayEnd + policy.OftenUntilDayEnd ? soon : last + PollPolicy.Seldom;
        // A look while the day went on tells little: it puts the first one off by nothing.
        return last < first ? first : next;
    }
}
