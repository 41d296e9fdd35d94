using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ingesting;

/// <summary>Makes a run's rows of all its archived files, and stores them when they are new.</summary>
public sealed class FoldRun(ILedgerStore store, ILogArchive archive, PriceBook prices)
{
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
        var stored = await store.FindRunAsync(run.Host, run.RunId, cancellation);
        if (stored?.Admits(run.Repository, run.RepositoryId) == false)
            throw stored.Conflict(run.Host, run.RunId, run.Repository);
        run = stored?.UnderKnownName(run) ?? run;
        using var archived = await archive.OpenAsync(run, cancellation);
        var hash = RunFold.InputHashOf(archived.Files, prices);
        if (stored is not null && string.Equals(stored.InputHash, hash, StringComparison.Ordinal))
            return new IngestedRun(run, IsChanged: false, [], default, [])
            {
                MayHaveChangedDays = stored.ChangedDays.Count > 0,
            };
        var folded = RunFold.Fold(run, archived.Files, prices, cancellation);
        folded = folded with { Problems = [.. archived.Problems, .. folded.Problems] };
        if (beforeStoring is not null)
            await beforeStoring(folded);
        // Files of other runs alone make no run.
        var isChanged = (stored is not null || folded.Attempts.Count > 0)
            && await store.StoreRunAsync(folded, cancellation);
        return new IngestedRun(run, isChanged, folded.Attempts, folded.Lines, folded.Problems);
    }
}
