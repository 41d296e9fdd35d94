using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>
/// Brings the artifacts of a run into the archive: of every attempt that is over, each under the attempt that made it,
/// beside what GitHub says of the attempt.
/// </summary>
/// <remarks>
/// Everything may be done twice and ends alike, because an artifact never changes. The file of the outcome is written
/// last.
/// </remarks>
internal sealed class ArtifactCollector(
    IRunSource github, ILogArchive archive, IReadOnlyList<TimeSpan> retryDelays)
{
    // GitHub lists 100 of anything on a page.
    private const int ArtifactPagesMax = 10;
    private const int JobPagesMax = 20;

    // Nobody repeats a run as often; what came before them keeps its own messages.
    private const int AttemptsMax = 50;

    private readonly ArtifactFetch fetch = new(github, archive);

    /// <summary>Collects what there is for the message's run.</summary>
    public async Task<CollectionStep> CollectAsync(CollectRunMessage message, CancellationToken cancellation)
    {
        var repository = RepositoryAccess.Of(message.Run, message.InstallationId);
        var (attempts, refusal) = await FindAttemptsAsync(repository, message, cancellation);
        if (attempts is null)
            return Refused(message, refusal!);
        var (artifacts, declined) = await ListAsync(repository, message.Run.RunId, cancellation);
        if (artifacts is null)
            return Refused(message, declined!);
        var collected = attempts.All.ToDictionary(
            attempt => attempt.Facts.Run.Attempt, _ => new CollectedArtifacts());
        if (await FetchAllAsync(repository, message, attempts, artifacts, collected, cancellation) is { } stopped)
            return Refused(message, stopped);
        if (!collected.TryGetValue(message.Run.Attempt, out var own))
            return Refused(message, AttemptMissing(message));
        if (own.State == CollectionState.NoTelemetry
            && CollectionRetries.AfterNothing(message, retryDelays) is { } wait)
            return CollectionStep.NotYet(wait);
        return await FinishAsync(repository, message, attempts, collected, cancellation) is { } late
            ? Refused(message, late)
            : CollectionStep.Done(own.State);
    }

    /// <summary>Notes that GitHub refused until nobody asks any more.</summary>
    public Task GiveUpAsync(CollectRunMessage message, ProviderRefusal refusal, CancellationToken cancellation) =>
        archive.AddRecordAsync(
            message.Run, WorkflowRunFile.UploadName,
            CollectionFile.Create(new CollectionFacts(message.Run, CollectionState.Refused)
            {
                Problems = [CollectionProblems.Refused(refusal.Message)],
            }),
            cancellation);

    private async Task<ProviderAnswer<RunAttempts>> FindAttemptsAsync(
        RepositoryAccess repository, CollectRunMessage message, CancellationToken cancellation)
    {
        var runId = message.Run.RunId;
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

    private async Task<ProviderAnswer<IReadOnlyList<RunArtifact>>> ListAsync(
        RepositoryAccess repository, long runId, CancellationToken cancellation)
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

    // What ends it; null when every artifact was dealt with.
    private async Task<ProviderRefusal?> FetchAllAsync(
        RepositoryAccess repository, CollectRunMessage message, RunAttempts attempts,
        IReadOnlyList<RunArtifact> artifacts, Dictionary<int, CollectedArtifacts> collected,
        CancellationToken cancellation)
    {
        var held = await HeldAsync(message, attempts, cancellation);
        foreach (var artifact in artifacts)
        {
            var attempt = attempts.Of(artifact);
            // Its own end will bring it, whole.
            if (!attempts.IsOver(attempt))
                continue;
            var result = collected[attempt.Facts.Run.Attempt];
            if (IsHeld(held, artifact, hasTelemetry: true))
                result.AddHeldTelemetry();
            else if (IsHeld(held, artifact, hasTelemetry: false))
                continue;
            else if (artifact.IsExpired)
                result.AddExpired(artifact);
            else if (artifact.LengthBytes > ArtifactFetch.BytesMaxOf(artifact))
                result.AddTooLarge(artifact);
            else if (await FetchAsync(
                repository, message.Run with { Attempt = attempt.Facts.Run.Attempt }, artifact, result, cancellation)
                is { } refusal)
                return refusal;
        }

        if (artifacts.Count == ArtifactPagesMax * 100)
            collected[attempts.Latest].Add(CollectionProblems.TooMany());
        return null;
    }

    private async Task<ProviderRefusal?> FetchAsync(
        RepositoryAccess repository, RunIdentity run, RunArtifact artifact, CollectedArtifacts result,
        CancellationToken cancellation)
    {
        var (zip, refusal) = await fetch.RunAsync(repository, run, artifact, cancellation);
        switch (refusal?.Code)
        {
            case null:
                result.Add(zip!);
                return null;
            case ProviderRefusal.Gone or ProviderRefusal.NotFound:
                result.AddExpired(artifact);
                return null;
            case ProviderRefusal.TooLarge:
                result.AddTooLarge(artifact);
                return null;
            default:
                return refusal;
        }
    }

    // A first look at a first attempt finds nothing that it put there itself.
    private async Task<IReadOnlySet<string>> HeldAsync(
        CollectRunMessage message, RunAttempts attempts, CancellationToken cancellation) =>
        message is { Tries: 0, Waits: 0 } && attempts.Latest == 1
            ? new HashSet<string>(StringComparer.Ordinal)
            : await archive.ReadUploadNamesAsync(message.Run, cancellation);

    private async Task<ProviderRefusal?> FinishAsync(
        RepositoryAccess repository, CollectRunMessage message, RunAttempts attempts,
        Dictionary<int, CollectedArtifacts> collected, CancellationToken cancellation)
    {
        foreach (var attempt in attempts.All.Where(attempts.IsOver))
        {
            var number = attempt.Facts.Run.Attempt;
            var run = message.Run with { Attempt = number };
            var (minutes, refusal) = await MinutesAsync(repository, run, cancellation);
            if (refusal is not null)
                return refusal;
            // Whoever queued the run has archived what GitHub says of its own attempt.
            if (number != message.Run.Attempt)
            {
                await archive.AddRecordAsync(
                    run, WorkflowRunFile.UploadName, WorkflowRunFile.Create(attempt.Facts), cancellation);
            }

            await archive.AddRecordAsync(
                run, WorkflowRunFile.UploadName,
                CollectionFile.Create(new CollectionFacts(run, collected[number].State)
                {
                    ActionsMinutes = minutes,
                    Problems = collected[number].Problems,
                }),
                cancellation);
        }

        return null;
    }

    // Minutes that GitHub does not tell are unknown; only what time mends is waited for.
    private async Task<(long? Minutes, ProviderRefusal? Refusal)> MinutesAsync(
        RepositoryAccess repository, RunIdentity run, CancellationToken cancellation)
    {
        var minutes = 0L;
        for (var page = 1; page <= JobPagesMax; page++)
        {
            var (jobs, refusal) = await github.ListJobsAsync(
                repository, run.RunId, run.Attempt, page, cancellation);
            if (jobs is null)
                return (null, refusal!.NeedsMending ? null : refusal);
            minutes = checked(minutes + jobs.Minutes);
            if (jobs.Count == 0 || page * 100L >= jobs.TotalCount)
                return (minutes, null);
        }

        return (null, null);
    }

    private static bool IsHeld(IReadOnlySet<string> held, RunArtifact artifact, bool hasTelemetry)
    {
        var prefix = ArtifactFetch.PrefixOf(artifact, hasTelemetry);
        return held.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static CollectionStep Refused(CollectRunMessage message, ProviderRefusal refusal) =>
        new(null, CollectionRetries.After(refusal, message), refusal);

    private static ProviderRefusal AttemptMissing(CollectRunMessage message) => new(
        ProviderRefusal.NotFound,
        FormattableString.Invariant(
            $"GitHub shows run {message.Run.RunId} without attempt {message.Run.Attempt}."),
        null);
}
