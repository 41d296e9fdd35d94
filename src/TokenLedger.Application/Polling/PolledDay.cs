using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>What became of asking for a day's bill.</summary>
/// <param name="Account">Whose bill.</param>
/// <param name="View">The view asked for.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="IsStored">Whether a new look was stored.</param>
/// <param name="Refusal">Why there is no look; null when there is.</param>
public sealed record PolledDay(
    BillingAccount Account, BillView View, DateOnly Day, bool IsStored, ProviderRefusal? Refusal)
{
    /// <summary>What of the account was asked for; empty for all of it.</summary>
    public string Filter { get; init; } = "";
}
