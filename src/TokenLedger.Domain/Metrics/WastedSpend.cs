using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Metrics;

/// <summary>
/// Spend that bought nothing: of runs that failed, were cancelled or timed out, or whose pull request was closed
/// without a merge or reverted. A run counts once, under the first of these.
/// </summary>
internal static class WastedSpend
{
    private const string Unknown = "unknown";
    private static readonly string[] Parts = ["failed", "cancelled", "timed-out", "closed-unmerged", "reverted"];

    public static MetricFigure Of(MetricGroup group)
    {
        var reasons = group.Runs.ToDictionary(run => run.Key, run => ReasonOf(group, run));
        var sums = Parts
            .Select(part => (part, Sum: group.SpendOf(
                run => string.Equals(reasons.GetValueOrDefault(run.Key), part, StringComparison.Ordinal))))
            .ToList();
        var unknown = group.Runs.FirstOrDefault(run => group.HasLines(run)
            && string.Equals(reasons[run.Key], Unknown, StringComparison.Ordinal));
        return MetricFigure.Sum(
            sums.Aggregate(default(MoneySum), (sum, part) => sum + part.Sum),
            unknown is null ? null
                : unknown.Conclusion is null ? MetricFigure.NoConclusion : MetricFigure.NoOutcome) with
        {
            Parts = [.. sums.Select(part => new MetricPart(part.part, part.Sum.KnownUsd))],
        };
    }

    /// <summary>Whether a conclusion is that of a run that failed; null when nobody told it.</summary>
    public static bool? HasFailed(RunFacts run) => run.Conclusion switch
    {
        null => null,
        "failure" or "startup_failure" or "timed_out" or "cancelled" => true,
        _ => false,
    };

    private static string? ReasonOf(MetricGroup group, RunFacts run)
    {
        switch (run.Conclusion)
        {
            case "failure" or "startup_failure":
                return Parts[0];
            case "cancelled":
                return Parts[1];
            case "timed_out":
                return Parts[2];
        }

        var outcome = (OutcomeState?)null;
        if (group.CostSubjectOf(run).Subject is { } subject)
        {
            outcome = group.OutcomeOf(subject)?.State;
            if (outcome is null)
                return Unknown;
        }

        return outcome switch
        {
            OutcomeState.Closed => Parts[3],
            OutcomeState.Reverted => Parts[4],
            _ => run.Conclusion is null ? Unknown : null,
        };
    }
}
