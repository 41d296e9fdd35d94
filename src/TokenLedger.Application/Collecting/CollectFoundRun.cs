using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>Collects one finished run at once, waiting itself where a queue would wait.</summary>
internal sealed class CollectFoundRun(
    CollectRun collect, ILedgerStore store, ILogArchive archive, TimeProvider time)
{
    // What is late is late by minutes; what is not there after this never comes.
    private static readonly TimeSpan ArtifactsLate = TimeSpan.FromHours(1);

    /// <summary>Collects a run, unless that was done before.</summary>
    public async Task<CollectedAttempt> RunAsync(
        FoundRun found, long? installationId, CollectionPatience patience, CancellationToken cancellation)
    {
        var told = found.Facts.Run;
        var stored = await store.FindRunAsync(told.Host, told.RunId, cancellation);
        if (stored?.Admits(told.Repository, told.RepositoryId) == false)
            return NotTaken(stored.Conflict(told.Host, told.RunId, told.Repository).Message);
        if (stored is not null && await StateOfAsync(told, cancellation) is { } known and not CollectionState.Refused)
            return new CollectedAttempt(known, IsKnown: true, null, null, []);
        var run = stored?.UnderKnownName(told) ?? told;
        await archive.AddRecordAsync(
            run, WorkflowRunFile.UploadName, WorkflowRunFile.Create(found.Facts), cancellation);
        var isLate = found.UpdatedAt is not { } updated || time.GetUtcNow() - updated > ArtifactsLate;
        // GitHub is asked under the name that the repository has now.
        var message = new CollectRunMessage(told, installationId)
        {
            Tries = isLate ? CollectionRetries.TriesMax : 0,
        };
        try
        {
            return await CollectAsync(message, patience, cancellation);
        }
        catch (RunConflictException conflict)
        {
            return NotTaken(conflict.Message);
        }
    }

    private async Task<CollectionState?> StateOfAsync(RunIdentity run, CancellationToken cancellation)
    {
        var attempts = await store.ReadRunAsync(run.Host, run.RunId, cancellation);
        return attempts.FirstOrDefault(attempt => attempt.Facts.Key.Attempt == run.Attempt)?.Facts.Collection;
    }

    // Bounded by the tries of a run without telemetry and by the waits of the patience.
    private async Task<CollectedAttempt> CollectAsync(
        CollectRunMessage message, CollectionPatience patience, CancellationToken cancellation)
    {
        for (var waits = 0; ;)
        {
            var (collected, next) = await collect.CollectAsync(message, cancellation);
            var refusal = collected.Step?.Refusal;
            if (refusal is not null)
            {
                if (next is null || !await patience.WaitAsync(refusal, waits++, cancellation))
                    return NotTaken(collected.Step!, refusal);
            }
            else if (next is null)
            {
                return new CollectedAttempt(
                    collected.Step?.State ?? CollectionState.NoTelemetry, IsKnown: false, null, null,
                    collected.Run.Problems);
            }
            else if (next.Wait > TimeSpan.Zero)
            {
                await patience.WaitAsync(next.Wait, cancellation);
            }

            message = next.Message;
        }
    }

    // What one artifact of a run lacks says nothing of other runs.
    private static CollectedAttempt NotTaken(CollectionStep step, ProviderRefusal refusal) => new(
        CollectionState.Refused, IsKnown: false, refusal.Message, step.IsRefusalOfArtifacts ? null : refusal, []);

    private static CollectedAttempt NotTaken(string note) =>
        new(CollectionState.Refused, IsKnown: false, note, null, []);
}
