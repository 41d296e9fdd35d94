namespace TokenLedger.Domain.Findings;

/// <summary>A workflow whose runs are small, on a model that costs many times another of its maker.</summary>
/// <remarks>Told once a week, on its Sunday: a choice of model is no event of a day.</remarks>
internal static class ExpensiveModelOnRoutineWork
{
    private const int DaysOfWeek = 7;

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
        if (day.Day.DayOfWeek != DayOfWeek.Sunday)
            yield break;
        foreach (var (workflow, sizes) in day.History.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var week = sizes.Where(size => size.Day <= day.Day && size.Day > day.Day.AddDays(-DaysOfWeek)).ToList();
            var comparable = week.Where(size => size.Cheaper is not null).ToList();
            if (comparable.Count < RunsMin || checked(comparable.Count * 2) < week.Count
                || FindingFigures.Median([.. week.Select(size => size.Requests)]) > RequestsMax
                || FindingFigures.Median([.. week.Select(size => size.OutputTokens)]) > OutputMaxTokens)
                continue;
            var spent = FindingFigures.Sum(comparable.Select(size => size.NanoCredits));
            var cheaper = FindingFigures.Sum(comparable.Select(size => size.Cheaper!.NanoCredits));
            if (cheaper > spent * ShareMax || spent - cheaper < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            var models = comparable.GroupBy(size => (size.Cheaper!.Used, size.Cheaper.Cheapest))
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key.Used, StringComparer.Ordinal)
                .First().Key;
            yield return FindingOf(day, workflow, comparable.Count, (spent, cheaper), models);
        }
    }

    private static Finding FindingOf(
        FindingDay day, string workflow, int runs, (long Spent, long Cheaper) credits,
        (string Used, string Cheapest) models)
    {
        var colon = workflow.IndexOf(':', StringComparison.Ordinal);
        return new Finding(FindingCodes.ExpensiveModelOnRoutineWork, workflow, day.Day)
        {
            Repository = workflow[..colon],
            WorkflowPath = workflow[(colon + 1)..],
            Message = FormattableString.Invariant(
                $"{workflow} did {runs:N0} small runs in the week to this day on {models.Used} for ")
                + $"{FindingFigures.Say(credits.Spent)}; the same tokens on {models.Cheapest} cost "
                + $"{FindingFigures.Say(credits.Cheaper)}.",
            Control = Control,
            AtStakeNanoCredits = credits.Spent - credits.Cheaper,
            Evidence =
            [
                FindingFigures.Count("runs", runs), FindingFigures.Credits("weekCredits", credits.Spent),
                FindingFigures.Credits("cheaperCredits", credits.Cheaper),
                ("model", models.Used), ("cheaperModel", models.Cheapest),
            ],
        };
    }
}
