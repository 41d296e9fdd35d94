using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>The views of one account and day, sorted into the money that counts and the money that checks it.</summary>
/// <param name="Charges">Every charge with its role.</param>
/// <param name="Disputed">The SKU families in which a check disagrees with the basis.</param>
/// <param name="Notices">What a reader should know.</param>
public sealed record BillBasis(
    IReadOnlyList<ReconciledCharge> Charges,
    IReadOnlySet<SkuFamily> Disputed,
    IReadOnlyList<Notice> Notices);
