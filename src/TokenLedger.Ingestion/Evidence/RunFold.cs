using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Folds all archived files of a run into its rows. The same files give the same rows, in any order.</summary>
public static class RunFold
{
    /// <summary>The rows of every attempt of a run.</summary>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="files">All archived files of the run, in any order.</param>
    /// <param name="prices">Model names, and prices for telling cache conventions apart.</param>
    /// <param name="cancellation">Ends the fold between blocks.</param>
    public static FoldedRun Fold(
        RunIdentity run, IReadOnlyList<ArchivedFile> files, PriceBook prices, CancellationToken cancellation) =>
        throw new NotSupportedException(run.Repository);

    /// <summary>The hash that <see cref="FoldedRun.InputHash"/> will have, without reading the files.</summary>
    public static string InputHashOf(IReadOnlyList<ArchivedFile> files, PriceBook prices) =>
        throw new NotSupportedException(prices.Hash);
}
