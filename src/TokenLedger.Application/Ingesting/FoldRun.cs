using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ingesting;

/// <summary>Makes a run's rows of all its archived files, and stores them when they are new.</summary>
public sealed class FoldRun(ILedgerStore store, ILogArchive archive, PriceBook prices)
{
    // Every turn that is lost means that another process has stored the run.
    private const int TurnsMax = 10;

    /// <summary>Folds one run.</summary>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public Task<IngestedRun> ExecuteAsync(RunIdentity run, CancellationToken cancellation) =>
        ExecuteAsync(run, beforeStoring: null, cancellation);

    /// <summary>Folds one run and lets somebody see the rows before they are stored.</summary>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="beforeStoring">Called with rows that are new, and again when a process ends before they are stored;
    /// null for nobody.</param>
    /// <param name="cancellation">Ends the fold between lines; nothing half-done stays.</param>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public async Task<IngestedRun> ExecuteAsync(
        RunIdentity run, Func<FoldedRun, Task>? beforeStoring, CancellationToken cancellation)
    {
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            if (await TryAsync(run, beforeStoring, cancellation) is { } folded)
                return folded;
        }

        throw new LedgerUnusableException(FormattableString.Invariant(
            $"Run {run.RunId} was stored by other processes {TurnsMax} times in a row: try again later."));
    }

    // Null when another process stored the run meanwhile, of files that we may not have seen.
    private async Task<IngestedRun?> TryAsync(
        RunIdentity run, Func<FoldedRun, Task>? beforeStoring, CancellationToken cancellation)
    {
        // Before the archive is opened: whoever stores after this has seen at least as much.
        var stored = await store.FindRunAsync(run.Host, run.RunId, cancellation);
        if (stored?.Admits(run.Repository, run.RepositoryId) == false)
            throw stored.Conflict(run.Host, run.RunId, run.Repository);
        run = stored?.UnderKnownName(run) ?? run;
        using var archived = await archive.OpenAsync(run, cancellation);
        // A run that is not stored needs no hash to be new: its files may still be being hashed while they are folded.
        if (stored is not null
            && string.Equals(
                stored.InputHash, RunFold.InputHashOf(archived.Files, prices), StringComparison.Ordinal))
        {
            return new IngestedRun(run, IsChanged: false, [], default, [])
            {
                MayHaveChangedDays = stored.ChangedDays.Count > 0,
            };
        }

        var folded = RunFold.Fold(run, archived.Files, prices, cancellation) with
        {
            BasedOnRevision = stored?.Revision ?? 0,
        };
        folded = folded with { Problems = [.. archived.Problems, .. folded.Problems] };
        if (beforeStoring is not null)
            await beforeStoring(folded);
        // Files of other runs alone make no run.
        var isRun = stored is not null || folded.Attempts.Count > 0;
        if (isRun && !await store.StoreRunAsync(folded, cancellation))
            return null;
        return new IngestedRun(run, isRun, folded.Attempts, folded.Lines, folded.Problems);
    }
}
