using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Days;

/// <summary>A stored unallocated part of one charge.</summary>
/// <param name="ChargeId">The charge.</param>
/// <param name="Reason">Why no run answers for it.</param>
/// <param name="Runs">The run attempts that probably spent it, as keys joined by a comma; else empty.</param>
/// <param name="GrossNanoCredits">The gross part.</param>
/// <param name="NetNanoCredits">The net part; null when the charge's net is unknown.</param>
public sealed record UnallocatedRow(
    string ChargeId, UnallocatedReason Reason, string Runs, long GrossNanoCredits, long? NetNanoCredits);
