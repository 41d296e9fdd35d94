using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Splits the bill of one account and UTC day over the slices of that day. Pure.</summary>
/// <remarks>
/// 1. Views: one basis for each SKU family, the others check it (<see cref="BasisSelector"/>).
/// 2. Charges that are no agent usage keep their category and are never spread over runs.
/// 3. Charges with the same match key are one bucket; the narrowest bucket is served first (<see cref="Bucket"/>).
/// 4. A bucket sees what narrower ones left of its slices' estimates (<see cref="SliceLedger"/>), gives at most that
///    unless it is exclusive and complete, and names the reason of the rest (<see cref="BucketReconciler"/>).
/// For every basis charge, shares and unallocated parts add up to it, gross and net, to the nano-credit.
/// </remarks>
public static class DayReconciler
{
    /// <summary>The reconciliation of one day. The order of the input changes nothing.</summary>
    public static DayReconciliation Reconcile(AccountDay day)
    {
        var basis = WithSpreadNets(BasisSelector.Select(day.Observations), day.SpreadNetNanoCredits);
        var counted = basis.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge).ToList();
        var shares = new List<Share>();
        var unallocated = counted
            .Where(charge => charge.Category != ChargeCategory.AgentOrPeople)
            .Where(charge => charge.GrossNanoCredits != 0 || charge.NetNanoCredits is not (null or 0))
            .Select(charge => new UnallocatedPart(
                charge, ReasonOf(charge.Category), [], charge.GrossNanoCredits, charge.NetNanoCredits))
            .ToList();
        var billedTokens = BilledTokenCounts.Of(basis.Charges, day.Prices);
        var index = SliceIndex.Of(day.Slices);
        var buckets = new List<BucketOutcome>();
        foreach (var bucket in Bucket.Of(counted.Where(charge => charge.Category == ChargeCategory.AgentOrPeople)))
        {
            var isDisputed = bucket.Charges.Any(charge => basis.Disputed.Contains(charge.Family));
            var evidence = BucketEvidence.Gather(bucket, index.Matching(bucket), day, billedTokens, isDisputed);
            buckets.Add(BucketReconciler.Reconcile(evidence, shares, unallocated));
        }

        return new DayReconciliation(
            day.Account,
            day.Day,
            basis.Charges,
            InOrder(shares, basis.Charges),
            [.. unallocated
                .OrderBy(part => part.Charge.Id, StringComparer.Ordinal)
                .ThenBy(part => part.Reason)],
            buckets,
            basis.Notices);
    }

    /// <summary>The charges of a day that count, in any order of the looks.</summary>
    /// <param name="observations">The observations in force: at most one of each view and filter.</param>
    public static IReadOnlyList<Charge> CountedCharges(IReadOnlyList<Observation> observations) =>
    [
        .. BasisSelector.Select(observations).Charges
            .Where(row => row.Role == ChargeRole.Basis)
            .Select(row => row.Charge),
    ];

    private static BillBasis WithSpreadNets(BillBasis basis, IReadOnlyDictionary<string, long> nets) => nets.Count == 0
        ? basis
        : basis with
        {
            Charges =
            [
                .. basis.Charges.Select(row =>
                    row.Role == ChargeRole.Basis && nets.TryGetValue(row.Charge.Id, out var net)
                        ? row with { Charge = row.Charge with { NetNanoCredits = net } }
                        : row),
            ],
        };

    // Each charge's shares stand in slice order already; what is left is to bring the charges into theirs.
    private static List<Share> InOrder(List<Share> shares, IReadOnlyList<ReconciledCharge> charges)
    {
        var ranks = new Dictionary<string, int>(charges.Count, StringComparer.Ordinal);
        for (var i = 0; i < charges.Count; i++)
            ranks[charges[i].Charge.Id] = i;
        return [.. shares.OrderBy(share => ranks[share.Charge.Id])];
    }

    private static UnallocatedReason ReasonOf(ChargeCategory category) => category == ChargeCategory.ActionsMinutes
        ? UnallocatedReason.NoJobMinutes
        : UnallocatedReason.NotAgentUsage;
}
