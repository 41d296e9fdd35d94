using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>What one file says about one UTC day of one view of one account.</summary>
/// <param name="Account">Whose bill.</param>
/// <param name="View">The view.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Filter">
/// What the answer was filtered by, <c>name=value</c> pairs in ordinal order joined by <c>&amp;</c>; else empty.
/// </param>
/// <param name="ContentHash">The hash of the canonical charges.</param>
/// <param name="Charges">The charges, ordered by id.</param>
public sealed record DayBill(
    BillingAccount Account,
    BillView View,
    DateOnly Day,
    string Filter,
    string ContentHash,
    IReadOnlyList<Charge> Charges)
{
    /// <summary>Whether rows of the day, or rows whose day cannot be told, were left out.</summary>
    public bool IsIncomplete { get; init; }
}
