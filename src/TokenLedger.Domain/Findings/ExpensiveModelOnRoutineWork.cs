namespace TokenLedger.Domain.Findings;

/// <summary>A workflow whose runs are small, on a model that costs many times another of its maker.</summary>
/// <remarks>Told once a week, on its Sunday: a choice of model is no event of a day.</remarks>
internal static class ExpensiveModelOnRoutineWork
{
    private const int RunsMin = 10;

    // Labelling, sorting, a short comment: few requests, little output.
    private const long RequestsMax = 8;
    private const long OutputMaxTokens = 4_000;

    // The same tokens for a quarter of the price or less: a smaller model needs some more of them.
    private const decimal ShareMax = 0.25m;

    private const long AtStakeMinCredits = 100;

    private const string Control =
        "Try the cheaper model on a copy of the workflow, compare the outcomes, then set it as engine.model.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var (workflow, week) in WorkflowWeeks.EndingOn(day))
        {
            var comparable = week.Where(size => size.Cheaper is not null).ToList();
            if (comparable.Count < RunsMin || checked(comparable.Count * 2) < week.Count
                || FindingFigures.Median([.. week.Select(size => size.Requests)]) > RequestsMax
                || FindingFigures.Median([.. week.Select(size => size.OutputTokens)]) > OutputMaxTokens)
                continue;
            var spent = FindingFigures.Sum(comparable.Select(size => size.NanoCredits));
            var cheaper = FindingFigures.Sum(comparable.Select(size => size.Cheaper!.NanoCredits));
            if (cheaper > spent * ShareMax || spent - cheaper < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            var (used, cheapest) = comparable.GroupBy(size => (size.Cheaper!.Used, size.Cheaper.Cheapest))
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key.Used, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Cheapest, StringComparer.Ordinal)
                .First().Key;
            yield return WorkflowWeeks.FindingOf(
                FindingCodes.ExpensiveModelOnRoutineWork, day, workflow,
                FormattableString.Invariant(
                    $"{workflow} did {comparable.Count:N0} small runs in the week to this day on {used} for ")
                + $"{FindingFigures.Say(spent)}; the same tokens on {cheapest} cost {FindingFigures.Say(cheaper)}.",
                Control, spent - cheaper,
                FindingFigures.Count("runs", comparable.Count), FindingFigures.Credits("weekCredits", spent),
                FindingFigures.Credits("cheaperCredits", cheaper), ("model", used), ("cheaperModel", cheapest));
        }
    }
}
