using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Tests.Collecting;

/// <summary>A GitHub that says of one run what a test wrote down.</summary>
internal sealed class ScriptedRuns : IRunSource
{
    public bool IsConfigured { get; set; }

    /// <summary>The attempts of the run; the last is the latest.</summary>
    public List<FoundRun> Attempts { get; } = [];

    /// <summary>Its artifacts and their zips.</summary>
    public List<(RunArtifact Artifact, byte[] Zip)> Artifacts { get; } = [];

    /// <summary>Whole minutes of every attempt's jobs.</summary>
    public long Minutes { get; set; } = 3;

    /// <summary>Why a question is refused; null when it is not. Asked with the name of the port's method.</summary>
    public Func<string, ProviderRefusal?> Refuse { get; set; } = _ => null;

    /// <summary>Why an artifact is refused; null when it is not. Asked before each download.</summary>
    public Func<long, ProviderRefusal?> RefuseArtifact { get; set; } = _ => null;

    /// <summary>The artifacts that were asked for, in order.</summary>
    public List<long> Fetched { get; } = [];

    /// <summary>The methods that were called, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Who could read the file that the last artifact was written to.</summary>
    public UnixFileMode? TargetMode { get; private set; }

    public int Downloads => Asked.Count(name => name == nameof(DownloadArtifactAsync));

    public Task<ProviderAnswer<FoundRun>> FindRunAsync(
        RepositoryAccess repository, long runId, int? attempt, CancellationToken cancellation) =>
        Answer(nameof(FindRunAsync), () => attempt is { } number
            ? Attempts.Single(found => found.Facts.Run.Attempt == number)
            : Attempts[^1]);

    public Task<ProviderAnswer<RunPage>> ListRunsAsync(
        RepositoryAccess repository, DateTimeOffset from, DateTimeOffset to, int page,
        CancellationToken cancellation) =>
        Answer(nameof(ListRunsAsync), () => new RunPage([Attempts[^1]], 1, 1));

    public Task<ProviderAnswer<ArtifactPage>> ListArtifactsAsync(
        RepositoryAccess repository, long runId, int page, CancellationToken cancellation) =>
        Answer(nameof(ListArtifactsAsync), () =>
        {
            var items = Artifacts.Skip((page - 1) * 100).Take(100).Select(pair => pair.Artifact).ToList();
            return new ArtifactPage(items, items.Count, Artifacts.Count);
        });

    public Task<ProviderAnswer<JobPage>> ListJobsAsync(
        RepositoryAccess repository, long runId, int attempt, int page, CancellationToken cancellation) =>
        Answer(nameof(ListJobsAsync), () => new JobPage(Minutes, 1, 1));

    public async Task<ProviderRefusal?> DownloadArtifactAsync(
        RepositoryAccess repository, long artifactId, Stream target, long bytesMax, CancellationToken cancellation)
    {
        Asked.Add(nameof(DownloadArtifactAsync));
        Fetched.Add(artifactId);
        if ((Refuse(nameof(DownloadArtifactAsync)) ?? RefuseArtifact(artifactId)) is { } refusal)
            return refusal;
        TargetMode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(((FileStream)target).Name);
        await target.WriteAsync(Artifacts.Single(pair => pair.Artifact.Id == artifactId).Zip, cancellation);
        return null;
    }

    public Task<ProviderAnswer<RepositoryListing>> ListRepositoriesAsync(
        string? organization, CancellationToken cancellation) =>
        throw new NotSupportedException("Collecting one run lists no repositories.");

    private Task<ProviderAnswer<T>> Answer<T>(string name, Func<T> answer)
        where T : class
    {
        Asked.Add(name);
        return Task.FromResult<ProviderAnswer<T>>(Refuse(name) is { } refusal ? refusal : answer());
    }
}
