namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>
/// A worker's own handle on a slice. The fold fills in the cell when the first record of the slice is taken.
/// </summary>
internal sealed class SliceSlot(SliceKey key)
{
    /// <summary>The slice.</summary>
    public SliceKey Key { get; } = key;

    /// <summary>The slice's totals; null until a record was taken. Touched only in the fold's turn.</summary>
    public SliceCell? Cell { get; set; }
}
