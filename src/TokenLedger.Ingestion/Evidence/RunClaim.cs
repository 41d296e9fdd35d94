namespace TokenLedger.Ingestion.Evidence;

/// <summary>What one witness says of a run's identity; null where it is silent.</summary>
internal sealed record RunClaim(string? Host, string? Repository, long? RepositoryId, long? RunId, long? Attempt)
{
    public static RunClaim Of(IReadOnlyList<AwInfo> infos) => infos.Aggregate(
        new RunClaim(null, null, null, null, null),
        static (claim, info) => claim.Or(
            new RunClaim(info.Host, info.Repository, info.RepositoryId, info.RunId, info.Attempt)));

    public static RunClaim Of(Sessions.RunSummary summary) =>
        new(summary.Host, summary.Repository, null, summary.RunId, summary.Attempt);

    public static RunClaim Of(WorkflowRunFacts facts) => new(
        facts.Run.Host, facts.Run.Repository, facts.Run.RepositoryId, facts.Run.RunId, facts.Run.Attempt);

    public static RunClaim Of(IdentityHints hints) =>
        new(hints.Host, hints.Repository, null, hints.RunId, hints.Attempt);

    public static RunClaim Of(RunPlace? place) =>
        new(place?.Host, place?.Repository, null, place?.RunId, place?.Attempt);

    /// <summary>This witness, and the other one where this is silent.</summary>
    public RunClaim Or(RunClaim other) => new(
        Host ?? other.Host,
        Repository ?? other.Repository,
        RepositoryId ?? other.RepositoryId,
        RunId ?? other.RunId,
        Attempt ?? other.Attempt);

    /// <summary>The first flag that says something else than this witness.</summary>
    public string? Contradicted(IdentityHints hints)
    {
        if (Differs(Repository, hints.Repository))
            return "--repo";
        if (RunId is not null && hints.RunId is not null && RunId != hints.RunId)
            return "--run-id";
        if (Attempt is not null && hints.Attempt is not null && Attempt != hints.Attempt)
            return "--attempt";
        return Differs(Host, hints.Host) ? "--host" : null;
    }

    private static bool Differs(string? said, string? flag) =>
        said is not null && flag is not null && !string.Equals(said, flag, StringComparison.OrdinalIgnoreCase);
}
