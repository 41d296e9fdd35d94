using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Rows of <c>runs</c> and <c>runusage</c> put together as the attempts of one run.</summary>
internal static class RunRowSet
{
    /// <summary>The attempts in order; null when the rows are not all that the head counts.</summary>
    public static IReadOnlyList<LedgerRun>? Assemble(
        RunHead head, IEnumerable<TableEntity> attempts, IEnumerable<TableEntity> slices)
    {
        var attemptRows = attempts.Where(row => Generation.IsOf(row, head.Generation)).ToList();
        var sliceRows = slices.Where(row => Generation.IsOf(row, head.Generation)).ToList();
        if (attemptRows.Count != head.Attempts || sliceRows.Count != head.Slices)
            return null;
        var slicesOf = sliceRows
            .OrderBy(SliceRows.NumberFromRow)
            .Select(SliceRows.FromRow)
            .ToLookup(slice => slice.Run.Attempt);
        return [.. attemptRows
            .Select(row => RunRows.FromRow(row, [.. slicesOf[RunRows.KeyFromRow(row).Attempt]]))
            .OrderBy(run => run.Facts.Key)];
    }
}
