using TokenLedger.Application.Ports;
using TokenLedger.Application.Runs;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Sweeping;

/// <summary>Queues finished agent runs that the ledger does not know, or that nobody collected.</summary>
internal sealed class MissedRuns(ILedgerStore store, RecordFinishedRun record)
{
    /// <summary>Whether the run is one that the ledger is to know.</summary>
    public bool IsAgents(FoundRun found) => record.IsAgents(found.Facts);

    /// <summary>Queues the attempt unless the ledger knows it; its earlier attempts are collected with it.</summary>
    /// <param name="found">The finished attempt.</param>
    /// <param name="installationId">The App's installation that shows it.</param>
    /// <param name="isCollectedByNow">
    /// Whether the ledger must know by now what became of its artifacts; then a run that it knows only from an upload
    /// or from a message that failed is queued, too.
    /// </param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Whether it was missing.</returns>
    public async Task<bool> QueueAsync(
        FoundRun found, long? installationId, bool isCollectedByNow, CancellationToken cancellation)
    {
        if (await IsKnownAsync(found, isCollectedByNow, cancellation))
            return false;
        // The ledger does not know it: whoever archived its facts did not come to queueing it, or it waits there.
        var recorded = await record.ExecuteAsync(
            found.Facts, installationId, static () => Task.FromResult(false), cancellation);
        return recorded.Kind == RecordedRunKind.Queued;
    }

    private async Task<bool> IsKnownAsync(FoundRun found, bool isCollectedByNow, CancellationToken cancellation)
    {
        var run = found.Facts.Run;
        if (run.Attempt == 1 && !isCollectedByNow)
            return await store.FindRunAsync(run.Host, run.RunId, cancellation) is { Revision: > 0 };
        var attempts = await store.ReadRunAsync(run.Host, run.RunId, cancellation);
        // A refusal that was given up is an answer: it was asked for a week, and an alert tells of it.
        return attempts.Any(attempt => attempt.Facts.Key.Attempt == run.Attempt
            && (!isCollectedByNow || attempt.Facts.Collection is not null));
    }
}
