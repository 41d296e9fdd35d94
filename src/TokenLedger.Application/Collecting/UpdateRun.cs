using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Telemetry;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>Folds a run whose evidence may have changed, and queues the days that it changed.</summary>
/// <remarks>
/// Stored rows remember their changed days until those are queued; so a process killed between the two queues them
/// when the message comes again, and an event that tells nothing new writes nothing.
/// </remarks>
/// <param name="store">The runs.</param>
/// <param name="fold">Folds a run.</param>
/// <param name="days">The days to reconcile.</param>
/// <param name="time">The clock.</param>
/// <param name="links">Finds what a run created or worked on; null where nobody keeps that.</param>
public sealed class UpdateRun(
    ILedgerStore store, FoldRun fold, DayQueue days, TimeProvider time, LinkRun? links = null)
{
    /// <summary>Folds the run and queues its days.</summary>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public Task<IngestedRun> ExecuteAsync(RunIdentity run, CancellationToken cancellation) =>
        ExecuteAsync(run, seen: null, markItem: null, beforeStoring: null, cancellation);

    /// <summary>What is stored of a run, for a fold that comes later.</summary>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public Task<SeenRun> LookUpAsync(RunIdentity run, CancellationToken cancellation) =>
        fold.LookUpAsync(run, cancellation);

    /// <summary>Folds the run, lets somebody see the rows before they are stored, and queues its days.</summary>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="seen">What was stored of it before; null for a look.</param>
    /// <param name="markItem">
    /// The file that asks for the fold, as <see cref="ArchiveMark"/> names it; null when unknown.
    /// </param>
    /// <param name="beforeStoring">Called with rows that are new; null for nobody.</param>
    /// <param name="cancellation">Ends the fold between lines.</param>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public async Task<IngestedRun> ExecuteAsync(
        RunIdentity run, SeenRun? seen, string? markItem, Func<FoldedRun, Task>? beforeStoring,
        CancellationToken cancellation)
    {
        var folded = await fold.ExecuteAsync(run, seen, markItem, beforeStoring, cancellation);
        await AcceptAsync(folded, cancellation);
        return folded;
    }

    /// <summary>Counts a run that something has folded and queues the days that it changed.</summary>
    public async Task AcceptAsync(IngestedRun folded, CancellationToken cancellation)
    {
        if (folded.IsChanged)
            Count(folded);
        // Before the days are cleared: a process killed in between is told of the run again.
        if (links is not null && folded.Stored is not null)
            await links.ExecuteAsync(folded.Identity, cancellation);
        if (folded.Stored is not { ChangedDays.Count: > 0 } stored)
            return;
        foreach (var day in stored.ChangedDays)
            await days.AddAsync(day, cancellation);
        await store.ClearChangedDaysAsync(
            folded.Identity.Host, folded.Identity.RunId, stored.Revision, cancellation);
    }

    private void Count(IngestedRun folded)
    {
        var startedAt = folded.Attempts.Max(attempt => attempt.Facts.StartedAt);
        LedgerTelemetry.RunFolded(
            folded.Lines.Accepted, folded.Lines.Duplicate, folded.Lines.Rejected, time.GetUtcNow() - startedAt);
    }
}
