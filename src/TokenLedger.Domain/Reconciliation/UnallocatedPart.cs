using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>The part of one charge that no run answers for.</summary>
/// <param name="Charge">The charge.</param>
/// <param name="Reason">Why.</param>
/// <param name="Runs">The runs that probably spent it, where the reason names runs; in key order.</param>
/// <param name="GrossNanoCredits">The gross part.</param>
/// <param name="NetNanoCredits">The net part; null when the charge's net is unknown.</param>
public sealed record UnallocatedPart(
    Charge Charge,
    UnallocatedReason Reason,
    IReadOnlyList<RunKey> Runs,
    long GrossNanoCredits,
    long? NetNanoCredits);
