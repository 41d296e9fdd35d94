using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>What GitHub is asked about a run, page by page.</summary>
/// <param name="github">Who is asked.</param>
/// <param name="repository">The run's repository.</param>
/// <param name="runId">The run.</param>
internal sealed class RunQuestions(IRunSource github, RepositoryAccess repository, long runId)
{
    // GitHub lists 100 of anything on a page.
    private const int ArtifactPagesMax = 10;
    private const int JobPagesMax = 20;

    // Nobody repeats a run as often; what came before them keeps its own messages.
    public const int AttemptsMax = 50;

    /// <summary>The most artifacts that are listed.</summary>
    public const int ArtifactsMax = ArtifactPagesMax * 100;

    /// <summary>The latest attempts of the run.</summary>
    public async Task<ProviderAnswer<RunAttempts>> FindAttemptsAsync(CancellationToken cancellation)
    {
        var (latest, refusal) = await github.FindRunAsync(repository, runId, attempt: null, cancellation);
        if (latest is null)
            return refusal!;
        var found = new List<FoundRun> { latest };
        for (var number = latest.Facts.Run.Attempt - 1;
            number >= 1 && found.Count < AttemptsMax; number--)
        {
            var (earlier, missing) = await github.FindRunAsync(repository, runId, number, cancellation);
            if (earlier is null)
                return missing!;
            found.Add(earlier);
        }

        return new RunAttempts(found);
    }

    /// <summary>The artifacts of all attempts, in the order of their ids.</summary>
    public async Task<ProviderAnswer<IReadOnlyList<RunArtifact>>> ListArtifactsAsync(CancellationToken cancellation)
    {
        var found = new List<RunArtifact>();
        for (var page = 1; page <= ArtifactPagesMax; page++)
        {
            var (read, refusal) = await github.ListArtifactsAsync(repository, runId, page, cancellation);
            if (read is null)
                return refusal!;
            found.AddRange(read.Artifacts);
            if (read.Count == 0 || page * 100L >= read.TotalCount)
                break;
        }

        // One that was made while the pages were read may be on two of them.
        return new ProviderAnswer<IReadOnlyList<RunArtifact>>(
            [.. found.DistinctBy(artifact => artifact.Id).OrderBy(artifact => artifact.Id)], null);
    }

    /// <summary>
    /// The minutes of an attempt's jobs. What GitHub does not tell is unknown; only what time mends is a refusal.
    /// </summary>
    public async Task<(long? Minutes, ProviderRefusal? Refusal)> MinutesAsync(
        int attempt, CancellationToken cancellation)
    {
        var minutes = 0L;
        for (var page = 1; page <= JobPagesMax; page++)
        {
            var (jobs, refusal) = await github.ListJobsAsync(repository, runId, attempt, page, cancellation);
            if (jobs is null)
                return (null, refusal!.NeedsMending ? null : refusal);
            minutes = checked(minutes + jobs.Minutes);
            if (jobs.Count == 0 || page * 100L >= jobs.TotalCount)
                return (minutes, null);
        }

        return (null, null);
    }
}
