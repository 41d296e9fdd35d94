using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Settlements;

/// <summary>What the ledger had recorded of a period by a time.</summary>
/// <param name="From">The first UTC day, inclusive.</param>
/// <param name="To">The last UTC day, exclusive.</param>
/// <param name="RecordedBefore">Nothing that was recorded at this time or later counts, UTC.</param>
/// <param name="Days">The days, ordered by day, then account.</param>
public sealed record RecordedPeriod(
    DateOnly From, DateOnly To, DateTimeOffset RecordedBefore, IReadOnlyList<RecordedDay> Days)
{
    /// <summary>The enterprise of whose wallet the organisation's is a part: only that is recorded.</summary>
    public BillingAccount? Outer { get; init; }
}
