namespace TokenLedger.Domain.Findings;

/// <summary>A run, or a workflow's day, that costs many times what is usual for the workflow.</summary>
internal static class SpikeAgainstBaseline
{
    // The least ratio to the median, however alike a workflow's runs are.
    private const decimal RunRatioMin = 4m;

    // A day has many runs, which even out.
    private const decimal DayRatioMin = 3m;

    private const long RunAtStakeMinCredits = 50;
    private const long DayAtStakeMinCredits = 200;

    private const string Control =
        "Set max-ai-credits for runs of the workflow, and a budget for its month.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var (workflow, runs) in RunFindings.Workflows(day))
        {
            var earlier = day.Earlier(workflow).ToList();
            var spikes = OfRuns(day, runs, earlier).ToList();
            foreach (var finding in spikes)
                yield return finding;
            // One run that makes the day is one finding.
            if (spikes.Count == 0 && OfDay(day, workflow, runs, earlier) is { } whole)
                yield return whole;
        }
    }

    private static IEnumerable<Finding> OfRuns(
        FindingDay day, IReadOnlyList<ObservedRun> runs, List<RunSize> earlier)
    {
        if (Baseline.Of([.. earlier.Select(size => size.NanoCredits)]) is not { } usual)
            yield break;
        var limit = usual.LimitOf(RunRatioMin);
        foreach (var run in runs)
        {
            if (run.EstimatedNanoCredits is not { } spent || usual.RatioOf(spent) < limit
                || spent - usual.Median < FindingFigures.Credits(RunAtStakeMinCredits))
                continue;
            yield return RunFindings.OfRun(
                FindingCodes.SpikeAgainstBaseline, day, run,
                FormattableString.Invariant(
                    $"{RunFindings.Name(run)} spent {FindingFigures.Say(spent)}, {usual.RatioOf(spent):0.0} times ")
                + FormattableString.Invariant(
                    $"the median of {usual.Count:N0} earlier runs ({FindingFigures.Say(usual.Median)})."),
                Control, spent - usual.Median,
                [FindingFigures.Credits("runCredits", spent), .. Evidence(usual, usual.RatioOf(spent), limit, "runs")]);
        }
    }

    private static Finding? OfDay(
        FindingDay day, string workflow, IReadOnlyList<ObservedRun> runs, List<RunSize> earlier)
    {
        // Days without a run are not usual days that cost nothing: some workflows run on Mondays.
        var days = earlier.GroupBy(size => size.Day)
            .Select(group => FindingFigures.Sum(group.Select(size => size.NanoCredits)))
            .ToList();
        var spent = FindingFigures.Sum(runs.Select(run => run.EstimatedNanoCredits ?? 0));
        if (Baseline.Of(days) is not { } usual
            || usual.LimitOf(DayRatioMin) is var limit && usual.RatioOf(spent) < limit
            || spent - usual.Median < FindingFigures.Credits(DayAtStakeMinCredits))
            return null;
        return RunFindings.OfWorkflow(
            FindingCodes.SpikeAgainstBaseline, day, runs[0],
            FormattableString.Invariant(
                $"{workflow} spent {FindingFigures.Say(spent)} in {runs.Count:N0} runs of the day, ")
            + FormattableString.Invariant(
                $"{usual.RatioOf(spent):0.0} times the median of {usual.Count:N0} earlier days ")
            + $"({FindingFigures.Say(usual.Median)}).",
            Control, spent - usual.Median,
            [FindingFigures.Credits("dayCredits", spent), .. Evidence(usual, usual.RatioOf(spent), limit, "days")]);
    }

    private static IEnumerable<(string, string)> Evidence(Baseline usual, decimal ratio, decimal limit, string of) =>
    [
        FindingFigures.Credits("medianCredits", usual.Median), FindingFigures.Ratio("ratio", ratio),
        FindingFigures.Ratio("limit", limit), FindingFigures.Ratio("spread", usual.Spread),
        FindingFigures.Count($"earlier{char.ToUpperInvariant(of[0])}{of[1..]}", usual.Count),
    ];
}
