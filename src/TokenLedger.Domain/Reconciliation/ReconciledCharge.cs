using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>A charge and the part it plays.</summary>
/// <param name="Charge">The billed row.</param>
/// <param name="Role">Whether its money counts.</param>
public sealed record ReconciledCharge(Charge Charge, ChargeRole Role);
