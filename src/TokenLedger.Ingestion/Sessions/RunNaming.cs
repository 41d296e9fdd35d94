using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Names a run as its own evidence does: the archive's folders are lower case and know no repository id.
/// </summary>
internal static class RunNaming
{
    public static RunIdentity Of(RunIdentity run, RunReading reading)
    {
        var spelled = reading.Infos.Select(pair => pair.Info.Repository)
            .Concat(reading.WorkflowRuns.Select(pair => pair.Facts.Run.Repository))
            .FirstOrDefault(name => string.Equals(name, run.Repository, StringComparison.OrdinalIgnoreCase));
        var id = run.RepositoryId
            ?? reading.WorkflowRuns.Select(pair => pair.Facts.Run.RepositoryId)
                .Concat(reading.Infos.Select(pair => pair.Info.RepositoryId))
                .FirstOrDefault(known => known is not null);
        return RunNames.Split(spelled) is var (owner, name)
            ? run with { Owner = owner, RepositoryName = name, RepositoryId = id }
            : run with { RepositoryId = id };
    }
}
