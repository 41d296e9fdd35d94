using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Ports;

/// <summary>What GitHub knows of runs, their artifacts and jobs.</summary>
/// <remarks>
/// Never an exception for what GitHub said. A refusal for the rate limit says when to ask again; asking earlier is
/// refused without a request.
/// </remarks>
public interface IRunSource
{
    /// <summary>Whether there is anything to ask with; without it everything is refused.</summary>
    bool IsConfigured { get; }

    /// <summary>A run: its latest attempt, or the one that is named.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="runId">The run.</param>
    /// <param name="attempt">The attempt, from 1; null for the latest.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderAnswer<FoundRun>> FindRunAsync(
        RepositoryAccess repository, long runId, int? attempt, CancellationToken cancellation);

    /// <summary>A page of the runs created in a period, newest first, up to 100.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="from">Inclusive, in whole seconds.</param>
    /// <param name="to">Inclusive, in whole seconds.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderAnswer<RunPage>> ListRunsAsync(
        RepositoryAccess repository, DateTimeOffset from, DateTimeOffset to, int page, CancellationToken cancellation);

    /// <summary>A page of the artifacts of all attempts of a run, up to 100.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="runId">The run.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderAnswer<ArtifactPage>> ListArtifactsAsync(
        RepositoryAccess repository, long runId, int page, CancellationToken cancellation);

    /// <summary>A page of the jobs of an attempt, up to 100.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="runId">The run.</param>
    /// <param name="attempt">The attempt, from 1.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderAnswer<JobPage>> ListJobsAsync(
        RepositoryAccess repository, long runId, int attempt, int page, CancellationToken cancellation);

    /// <summary>Writes an artifact's zip.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="artifactId">The artifact.</param>
    /// <param name="target">Written from where it stands; after a refusal it may hold a part.</param>
    /// <param name="bytesMax">The most that is read.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <returns>Null when it is written whole, else why not.</returns>
    Task<ProviderRefusal?> DownloadArtifactAsync(
        RepositoryAccess repository, long artifactId, Stream target, long bytesMax, CancellationToken cancellation);

    /// <summary>Every repository that the App is installed on or, for a token, of an organisation.</summary>
    /// <param name="organization">The organisation; null for all, which only an App can tell.</param>
    /// <param name="cancellation">Ends the walk.</param>
    Task<ProviderAnswer<RepositoryListing>> ListRepositoriesAsync(
        string? organization, CancellationToken cancellation);
}
