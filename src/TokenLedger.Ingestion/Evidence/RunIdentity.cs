namespace TokenLedger.Ingestion.Evidence;

/// <summary>Which run attempt a bundle belongs to.</summary>
/// <param name="Host">The GitHub host in lower case.</param>
/// <param name="Owner">The repository's owner.</param>
/// <param name="RepositoryName">The repository's name without its owner.</param>
/// <param name="RunId">The run id, above 0.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="RepositoryId">GitHub's repository id; null when nobody said.</param>
public sealed record RunIdentity(
    string Host, string Owner, string RepositoryName, long RunId, int Attempt, long? RepositoryId = null)
{
    /// <summary><c>owner/name</c>.</summary>
    public string Repository => $"{Owner}/{RepositoryName}";

    /// <summary>The identity, host in lower case; null where a part is nothing that GitHub has.</summary>
    public static RunIdentity? Of(
        string? host, string? repository, long? runId, long? attempt, long? repositoryId = null)
    {
        var lowered = host?.ToLowerInvariant();
        return RunNames.IsHost(lowered) && RunNames.Split(repository) is var (owner, name)
            && runId > 0 && attempt is >= 1 and <= int.MaxValue
                ? new RunIdentity(lowered!, owner, name, runId.Value, (int)attempt.Value, repositoryId)
                : null;
    }
}
