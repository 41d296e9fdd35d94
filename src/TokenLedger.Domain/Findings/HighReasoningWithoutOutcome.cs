namespace TokenLedger.Domain.Findings;

/// <summary>A run that spent most of its output on reasoning and came to nothing.</summary>
internal static class HighReasoningWithoutOutcome
{
    private const decimal ShareMin = 0.6m;

    private const long AtStakeMinCredits = 20;

    private const string Control =
        "Lower the model's reasoning effort, or split the task so that a run can finish it.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var run in day.Runs)
        {
            if (run.Features is not
                {
                    ReasoningShare: >= ShareMin and var share, ReasoningNanoCredits: { } stake,
                } features
                || stake < FindingFigures.Credits(AtStakeMinCredits) || EndOf(features) is not { } end)
                continue;
            yield return RunFindings.OfRun(
                FindingCodes.HighReasoningWithoutOutcome, day, run,
                $"{RunFindings.Name(run)} spent {FindingFigures.Percent(share)} of its output on reasoning and {end}: "
                + $"{FindingFigures.Say(stake)}.",
                Control, stake,
                FindingFigures.Ratio("reasoningShare", share), FindingFigures.Credits("reasoningCredits", stake),
                ("conclusion", features.Conclusion ?? "unknown"));
        }
    }

    private static string? EndOf(RunFeatures features) => features switch
    {
        { Conclusion: "failure" or "timed_out" or "startup_failure" } => "failed",
        { Conclusion: "cancelled" } => "was cancelled",
        { HasOutcome: false } => "neither edited nor wrote anything",
        _ => null,
    };
}
