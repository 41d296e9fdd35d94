using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Days;

/// <summary>An account's day as it is to be stored.</summary>
/// <param name="Settlement">Account, day, and how final the bill is.</param>
/// <param name="InputHash">The hash of everything that decided the rows; the same hash writes nothing.</param>
/// <param name="ReconciledAt">When it was reconciled, UTC.</param>
/// <param name="Totals">The day's figures.</param>
/// <param name="Shares">The shares, ordered by charge, then slice.</param>
/// <param name="Unallocated">The rest, ordered by charge, then reason.</param>
/// <param name="DailyCosts">The small table, ordered by its key.</param>
public sealed record ReconciledDay(
    DaySettlement Settlement,
    string InputHash,
    DateTimeOffset ReconciledAt,
    DayTotals Totals,
    IReadOnlyList<ShareRow> Shares,
    IReadOnlyList<UnallocatedRow> Unallocated,
    IReadOnlyList<DailyCostRow> DailyCosts)
{
    /// <summary>What it changes against the stored day.</summary>
    public DayChange Change { get; init; } = DayChange.Unknown;

    /// <summary>
    /// The revision of the stored day when its input was read, 0 for none: a later one was perhaps made of later input.
    /// Null to store whatever is there.
    /// </summary>
    public long? BasedOnRevision { get; init; }

    /// <summary>Whether a revision is the one that was there when the input was read.</summary>
    public bool IsBasedOn(long revision) => BasedOnRevision is null || BasedOnRevision == revision;
}
