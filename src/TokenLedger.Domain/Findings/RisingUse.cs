namespace TokenLedger.Domain.Findings;

/// <summary>A workflow whose week costs much more than each of the three weeks before.</summary>
/// <remarks>Told once a week, on its Sunday, when the week from Monday on is over.</remarks>
internal static class RisingUse
{
    private const int WeeksBefore = 3;

    // Weeks of a few runs differ by half; twice the median week is a change.
    private const decimal RatioMin = 2m;

    // The costliest week before does not count as a rise when it comes again.
    private const decimal RatioToLargestMin = 1.3m;

    // Five US dollars a week: gh-aw's own reports call that a rapid riser (2026-10).
    private const long AtStakeMinCredits = 500;

    private const string Control =
        "Look at what starts the workflow more often or makes its runs longer; set max-daily-ai-credits or a budget.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var (workflow, week) in WorkflowWeeks.EndingOn(day))
        {
            var before = Enumerable.Range(1, WeeksBefore)
                .Select(back => WorkflowWeeks.Of(day, day.History[workflow], back))
                .Select(runs => FindingFigures.Sum(runs.Select(run => run.NanoCredits)))
                .ToList();
            // A workflow that has just begun is new, not rising.
            if (before.Min() <= 0)
                continue;
            var spent = FindingFigures.Sum(week.Select(run => run.NanoCredits));
            var median = FindingFigures.Median(before);
            var ratio = FindingFigures.Over(spent, median);
            if (ratio < RatioMin || spent < before.Max() * RatioToLargestMin
                || spent - median < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            yield return WorkflowWeeks.FindingOf(
                FindingCodes.RisingUse, day, workflow,
                FormattableString.Invariant(
                    $"{workflow} spent {FindingFigures.Say(spent)} in the week to this day, {ratio:0.0} times ")
                + FormattableString.Invariant(
                    $"the median of the {WeeksBefore} weeks before ({FindingFigures.Say(median)})."),
                Control, spent - median,
                FindingFigures.Credits("weekCredits", spent), FindingFigures.Credits("medianWeekCredits", median),
                FindingFigures.Credits("largestWeekBeforeCredits", before.Max()),
                FindingFigures.Ratio("ratio", ratio), FindingFigures.Count("runs", week.Count));
        }
    }
}
