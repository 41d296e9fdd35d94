using TokenLedger.Domain.Charges;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>What the product was shown of a day of a bill.</summary>
/// <param name="Account">Whose bill.</param>
/// <param name="View">In which view.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Figures">The rows in a fixed order.</param>
/// <param name="IsEmpty">Whether there was none.</param>
/// <param name="IsComplete">Whether all of it could be read.</param>
public sealed record WorldLook(
    BillingAccount Account, BillView View, DateOnly Day, DateTimeOffset At, string Figures, bool IsEmpty,
    bool IsComplete);
