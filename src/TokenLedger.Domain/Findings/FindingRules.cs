namespace TokenLedger.Domain.Findings;

/// <summary>Every rule, over one day. Pure: the same day gives the same findings, in any order of its runs.</summary>
public static class FindingRules
{
    private static readonly IReadOnlyList<Func<FindingDay, IEnumerable<Finding>>> Rules =
    [
        LongExploration.Of, ContextGrowth.Of, CacheMissStorm.Of, RetryLoop.Of, SubAgentFanOut.Of,
        ExpensiveModelOnRoutineWork.Of, HighReasoningWithoutOutcome.Of, DetectionShare.Of, SpikeAgainstBaseline.Of,
        StaleCounters.Of, RunsWithoutTelemetry.Of, UsageWithoutBill.Of, RisingUse.Of,
    ];

    /// <summary>The findings of a day, the most at stake first, then by code and subject.</summary>
    public static IReadOnlyList<Finding> Of(FindingDay day) =>
    [
        .. Rules.SelectMany(rule => rule(day))
            .OrderByDescending(finding => finding.AtStakeNanoCredits ?? -1)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Subject, StringComparer.Ordinal),
    ];
}
