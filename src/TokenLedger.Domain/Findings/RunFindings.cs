namespace TokenLedger.Domain.Findings;

/// <summary>How a finding of a run or a workflow is filled in.</summary>
internal static class RunFindings
{
    /// <summary>A finding about a run.</summary>
    public static Finding OfRun(
        string code, FindingDay day, ObservedRun run, string message, string control, long? atStake,
        params IReadOnlyList<(string Name, string Value)> evidence) => new(code, run.Subject, day.Day)
        {
            Run = run.Facts.Key,
            Repository = run.Facts.Repository,
            WorkflowPath = run.Facts.WorkflowPath,
            Message = message,
            Control = control,
            AtStakeNanoCredits = atStake,
            Evidence = evidence,
        };

    /// <summary>A finding about the workflow of a run.</summary>
    public static Finding OfWorkflow(
        string code, FindingDay day, ObservedRun of, string message, string control, long? atStake,
        params IReadOnlyList<(string Name, string Value)> evidence) => new(code, of.Workflow!, day.Day)
        {
            Repository = of.Facts.Repository,
            WorkflowPath = of.Facts.WorkflowPath,
            Message = message,
            Control = control,
            AtStakeNanoCredits = atStake,
            Evidence = evidence,
        };

    /// <summary>How a sentence names a run.</summary>
    public static string Name(ObservedRun run) => run.Workflow is { } workflow
        ? FormattableString.Invariant($"run {run.Facts.Key.RunId} of {workflow}")
        : FormattableString.Invariant($"run {run.Facts.Key.RunId} of {run.Facts.Repository}");

    /// <summary>The workflows of a day's runs, each with its runs, in ordinal order.</summary>
    public static IEnumerable<(string Workflow, IReadOnlyList<ObservedRun> Runs)> Workflows(FindingDay day) => day.Runs
        .Where(run => run.Workflow is not null)
        .GroupBy(run => run.Workflow!, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => (group.Key, (IReadOnlyList<ObservedRun>)[.. group.OrderBy(run => run.Facts.Key)]));
}
