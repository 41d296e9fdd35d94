namespace TokenLedger.Domain.Findings;

/// <summary>An agent workflow's runs of a day of which no token log is known.</summary>
internal static class RunsWithoutTelemetry
{
    // One run may die before its first request.
    private const int RunsMin = 3;

    // And in a workflow of many some always do.
    private const decimal ShareMin = 0.2m;

    private const string Control =
        "Keep the usage artifact of the workflow for some days (retention-days) and look at why it is missing: "
        + "tokenledger doctor, then collect.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var (workflow, runs) in RunFindings.Workflows(day))
        {
            var bare = runs.Count(run => !run.HasTelemetry && MayHaveSpent(run.Facts.Conclusion));
            if (bare < RunsMin || FindingFigures.Over(bare, runs.Count) is var share && share < ShareMin)
                continue;
            yield return RunFindings.OfWorkflow(
                FindingCodes.RunsWithoutTelemetry, day, runs[0],
                FormattableString.Invariant(
                    $"{bare:N0} of {runs.Count:N0} runs of {workflow} left no token log: nobody knows what they cost."),
                Control, null,
                FindingFigures.Count("runsWithoutTelemetry", bare), FindingFigures.Count("runs", runs.Count),
                FindingFigures.Ratio("share", share));
        }
    }

    // Of the others no job has run.
    private static bool MayHaveSpent(string? conclusion) =>
        conclusion is not ("skipped" or "action_required" or "startup_failure" or "cancelled");
}
