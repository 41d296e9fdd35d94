using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ingesting;

/// <summary>Makes a run's rows of all its archived files, and stores them when they are new.</summary>
public sealed class FoldRun(ILedgerStore store, ILogArchive archive, PriceBook prices)
{
    /// <summary>Folds one run.</summary>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public async Task<IngestedRun> ExecuteAsync(RunIdentity run, CancellationToken cancellation)
    {
        var stored = await store.FindRunAsync(run.Host, run.RunId, cancellation);
        using var archived = await archive.OpenAsync(run, cancellation);
        var hash = RunFold.InputHashOf(archived.Files, prices);
        if (stored is not null && string.Equals(stored.InputHash, hash, StringComparison.Ordinal))
            return new IngestedRun(run, IsChanged: false, [], default, []);
        var folded = RunFold.Fold(run, archived.Files, prices, cancellation);
        folded = folded with { Problems = [.. archived.Problems, .. folded.Problems] };
        var isChanged = await store.StoreRunAsync(folded, cancellation);
        return new IngestedRun(run, isChanged, folded.Attempts, folded.Lines, folded.Problems);
    }
}
