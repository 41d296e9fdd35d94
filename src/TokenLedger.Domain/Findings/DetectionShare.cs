namespace TokenLedger.Domain.Findings;

/// <summary>A workflow whose threat detection costs more than what it checks.</summary>
/// <remarks>Told once a week, on its Sunday: how a workflow is set up is no event of a day.</remarks>
internal static class DetectionShare
{
    // Detection reads an output once: more than all the rest is seldom meant (real runs of 2026-10 have it).
    private const decimal ShareMin = 0.5m;

    // Small runs have a floor of detection that nobody can lower: of a week it must be worth a US dollar.
    private const long WeekMinCredits = 100;

    private const string Control =
        "Give threat detection a cheaper model or its own cap (detection.max-ai-credits), or check only outputs that"
        + " reach people.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var (workflow, week) in WorkflowWeeks.EndingOn(day))
        {
            var total = FindingFigures.Sum(week.Select(size => size.NanoCredits));
            var detection = FindingFigures.Sum(week.Select(size => size.DetectionNanoCredits));
            if (total <= 0 || FindingFigures.Over(detection, total) is var share && share <= ShareMin
                || detection < FindingFigures.Credits(WeekMinCredits))
                continue;
            yield return WorkflowWeeks.FindingOf(
                FindingCodes.DetectionShare, day, workflow,
                $"{workflow} spent {FindingFigures.Percent(share)} of its credits in the week to this day on threat "
                + FormattableString.Invariant(
                    $"detection: {FindingFigures.Say(detection)} of {FindingFigures.Say(total)} in ")
                + FormattableString.Invariant($"{week.Count:N0} runs."),
                Control, checked(detection - (total - detection)),
                FindingFigures.Count("runs", week.Count), FindingFigures.Ratio("detectionShare", share),
                FindingFigures.Credits("detectionCredits", detection), FindingFigures.Credits("weekCredits", total));
        }
    }
}
