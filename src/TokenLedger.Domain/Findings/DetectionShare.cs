using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Findings;

/// <summary>A workflow whose threat detection costs more than what it checks.</summary>
internal static class DetectionShare
{
    // Detection reads an output once: more than the agent itself is seldom meant (real runs of 2026-10 have both).
    private const decimal ShareMin = 0.5m;

    // Of a workflow's day: small runs have a floor of detection that nobody can lower.
    private const long DayMinCredits = 100;

    private const string Control =
        "Give threat detection a cheaper model or its own cap (detection.max-ai-credits), or check only outputs that"
        + " reach people.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var (workflow, runs) in RunFindings.Workflows(day))
        {
            var slices = runs.SelectMany(run => run.Slices).ToList();
            if (ObservedRun.NanoCreditsOf(slices) is not { } total
                || ObservedRun.NanoCreditsOf(slices.Where(slice => slice.Phase == Phase.Detection)) is not { } detection
                || total < FindingFigures.Credits(DayMinCredits))
                continue;
            var share = FindingFigures.Over(detection, total);
            if (share <= ShareMin)
                continue;
            yield return RunFindings.OfWorkflow(
                FindingCodes.DetectionShare, day, runs[0],
                $"{workflow} spent {FindingFigures.Percent(share)} of its credits on threat detection: "
                + FormattableString.Invariant(
                    $"{FindingFigures.Say(detection)} of {FindingFigures.Say(total)} in {runs.Count:N0} runs."),
                Control, checked(detection - (total - detection)),
                FindingFigures.Count("runs", runs.Count), FindingFigures.Ratio("detectionShare", share),
                FindingFigures.Credits("detectionCredits", detection), FindingFigures.Credits("dayCredits", total));
        }
    }
}
