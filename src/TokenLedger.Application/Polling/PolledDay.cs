using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>What became of one question for a day's bill.</summary>
/// <param name="Account">Whose bill.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="IsStored">Whether a new look was stored.</param>
/// <param name="Refusal">Why there is no look; null when there is.</param>
public sealed record PolledDay(BillingAccount Account, DateOnly Day, bool IsStored, ProviderRefusal? Refusal);
