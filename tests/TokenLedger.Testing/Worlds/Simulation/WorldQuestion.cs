using TokenLedger.Domain.Charges;
using TokenLedger.Testing.Worlds.Faults;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>A question of the product to the provider.</summary>
/// <param name="Account">Whose bill.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Fault">How it went wrong; null when it was answered.</param>
public sealed record WorldQuestion(BillingAccount Account, DateOnly Day, DateTimeOffset At, FaultKind? Fault);
