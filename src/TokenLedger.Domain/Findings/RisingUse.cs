namespace TokenLedger.Domain.Findings;

/// <summary>A workflow whose week costs much more than each of the three weeks before.</summary>
/// <remarks>Told once a week, on its Sunday, when the week from Monday on is over.</remarks>
internal static class RisingUse
{
    private const int DaysOfWeek = 7;
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
        if (day.Day.DayOfWeek != DayOfWeek.Sunday)
            yield break;
        foreach (var (workflow, sizes) in day.History.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var weeks = Enumerable.Range(0, WeeksBefore + 1).Select(back => WeekOf(day, sizes, back)).ToList();
            var before = weeks.Skip(1).Select(week => week.NanoCredits).ToList();
            // A workflow that has just begun is new, not rising.
            if (weeks.Exists(week => week.Runs == 0) || before.Min() <= 0)
                continue;
            var (spent, median) = (weeks[0].NanoCredits, FindingFigures.Median(before));
            var ratio = FindingFigures.Over(spent, median);
            if (ratio < RatioMin || spent < before.Max() * RatioToLargestMin
                || spent - median < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            var colon = workflow.IndexOf(':', StringComparison.Ordinal);
            yield return new Finding(FindingCodes.RisingUse, workflow, day.Day)
            {
                Repository = workflow[..colon],
                WorkflowPath = workflow[(colon + 1)..],
                Message = FormattableString.Invariant(
                    $"{workflow} spent {FindingFigures.Say(spent)} in the week to this day, {ratio:0.0} times ")
                    + FormattableString.Invariant(
                        $"the median of the {WeeksBefore} weeks before ({FindingFigures.Say(median)})."),
                Control = Control,
                AtStakeNanoCredits = spent - median,
                Evidence =
                [
                    FindingFigures.Credits("weekCredits", spent), FindingFigures.Credits("medianWeekCredits", median),
                    FindingFigures.Credits("largestWeekBeforeCredits", before.Max()),
                    FindingFigures.Ratio("ratio", ratio), FindingFigures.Count("runs", weeks[0].Runs),
                    FindingFigures.Count("runsWeekBefore", weeks[1].Runs),
                ],
            };
        }
    }

    private static (long NanoCredits, int Runs) WeekOf(FindingDay day, IReadOnlyList<RunSize> sizes, int back)
    {
        var last = day.Day.AddDays(-DaysOfWeek * back);
        var own = sizes.Where(size => size.Day <= last && size.Day > last.AddDays(-DaysOfWeek)).ToList();
        return (FindingFigures.Sum(own.Select(size => size.NanoCredits)), own.Count);
    }
}
