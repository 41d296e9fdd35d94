namespace TokenLedger.Domain.Findings;

/// <summary>Weeks of workflows from Monday on: what is no event of a day is told when its week is over.</summary>
internal static class WorkflowWeeks
{
    private const int DaysOfWeek = 7;

    /// <summary>The workflows with runs in the week that ends with a day, in order; none but on Sundays.</summary>
    public static IEnumerable<(string Workflow, IReadOnlyList<RunSize> Runs)> EndingOn(FindingDay day) =>
        day.Day.DayOfWeek != DayOfWeek.Sunday ? [] : day.History
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, Of(day, pair.Value, back: 0)))
            .Where(pair => pair.Item2.Count > 0);

    /// <summary>The runs of a week, so many weeks before the one that ends with a day.</summary>
    public static IReadOnlyList<RunSize> Of(FindingDay day, IReadOnlyList<RunSize> sizes, int back)
    {
        var last = day.Day.AddDays(-DaysOfWeek * back);
        return [.. sizes.Where(size => size.Day <= last && size.Day > last.AddDays(-DaysOfWeek))];
    }

    /// <summary>A finding about a workflow of the history.</summary>
    public static Finding FindingOf(
        string code, FindingDay day, string workflow, string message, string control, long atStake,
        params IReadOnlyList<(string Name, string Value)> evidence)
    {
        var colon = workflow.IndexOf(':', StringComparison.Ordinal);
        return new Finding(code, workflow, day.Day)
        {
            Repository = workflow[..colon],
            WorkflowPath = workflow[(colon + 1)..],
            Message = message,
            Control = control,
            AtStakeNanoCredits = atStake,
            Evidence = evidence,
        };
    }
}
