using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// The bill of one account and UTC day, split. For every basis charge, shares and unallocated parts add up to it.
/// </summary>
/// <param name="Account">The wallet.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Charges">Every charge with its role, ordered by id.</param>
/// <param name="Shares">The shares, ordered by charge id, then slice key.</param>
/// <param name="Unallocated">The rest, ordered by charge id, then reason.</param>
/// <param name="Buckets">What became of each match key, in the order in which they were served.</param>
/// <param name="Notices">What a reader should know.</param>
public sealed record DayReconciliation(
    BillingAccount Account,
    DateOnly Day,
    IReadOnlyList<ReconciledCharge> Charges,
    IReadOnlyList<Share> Shares,
    IReadOnlyList<UnallocatedPart> Unallocated,
    IReadOnlyList<BucketOutcome> Buckets,
    IReadOnlyList<Notice> Notices);
