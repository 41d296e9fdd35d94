using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Settlement;

/// <summary>How final the bill of one account and UTC day is, and on what ground.</summary>
/// <param name="Account">The wallet.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Status">The status.</param>
/// <param name="Observations">How often the basis view was looked at.</param>
/// <param name="FirstSeenAt">
/// The first look that showed a charge of the day, else the first look, UTC; null when never seen.
/// </param>
/// <param name="LastChangedAt">The look that last changed its figures, UTC; null when never seen.</param>
public sealed record DaySettlement(
    BillingAccount Account,
    DateOnly Day,
    SettlementStatus Status,
    int Observations,
    DateTimeOffset? FirstSeenAt,
    DateTimeOffset? LastChangedAt)
{
    /// <summary>Why it is not what its looks alone would make it; null when nothing stands against them.</summary>
    public SettlementReason? Reason { get; init; }

    /// <summary>
    /// Whether the bill is the last word: settled or closed by its looks, with nothing against it. A day that was
    /// given up is closed and not final.
    /// </summary>
    public bool IsFinal => this is { Status: SettlementStatus.Settled or SettlementStatus.Closed, Reason: null };
}
