using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ports;

/// <summary>A repository to ask GitHub about, and how it may be reached.</summary>
/// <param name="Host">The GitHub host in lower case.</param>
/// <param name="Owner">The owner.</param>
/// <param name="Name">The name without the owner.</param>
/// <param name="InstallationId">The GitHub App's installation; null when nobody said, and it is looked up.</param>
public sealed record RepositoryAccess(string Host, string Owner, string Name, long? InstallationId)
{
    /// <summary><c>owner/name</c>.</summary>
    public string FullName => $"{Owner}/{Name}";

    /// <summary>The repository of a run.</summary>
    public static RepositoryAccess Of(RunIdentity run, long? installationId) =>
        new(run.Host, run.Owner, run.RepositoryName, installationId);
}
