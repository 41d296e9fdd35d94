using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Days;

/// <summary>The head row of an account's reconciled day: which revision counts, and how final it is.</summary>
/// <param name="Settlement">Account, day, and how final the bill is.</param>
/// <param name="Revision">The revision whose rows count, from 1.</param>
/// <param name="InputHash">The hash of everything that decided the rows.</param>
/// <param name="ReconciledAt">When that revision was stored, UTC.</param>
/// <param name="Totals">The day's figures.</param>
public sealed record DayHead(
    DaySettlement Settlement, long Revision, string InputHash, DateTimeOffset ReconciledAt, DayTotals Totals)
{
    /// <summary>What the revision changed against the one before it.</summary>
    public DayChange Change { get; init; } = DayChange.Unknown;
}
