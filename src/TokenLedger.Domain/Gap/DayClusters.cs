using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Domain.Gap;

/// <summary>The AI usage of a day, billed and own, in the pieces that answer for each other.</summary>
internal sealed record DayClusters
{
    /// <summary>The charges of AI usage that count, ordered by id.</summary>
    public required IReadOnlyList<Charge> Charges { get; init; }

    /// <summary>Every slice once.</summary>
    public required IReadOnlyList<PricedSlice> Slices { get; init; }

    /// <summary>The buckets of agents' usage with the slices that they can mean.</summary>
    public required IReadOnlyList<(Bucket Bucket, IReadOnlyList<PricedSlice> Slices)> Buckets { get; init; }

    /// <summary>The clusters of the buckets.</summary>
    public required IReadOnlyList<BillCluster> Clusters { get; init; }

    public static DayClusters Of(AccountDay day, DayReconciliation result)
    {
        var charges = result.Charges
            .Where(row => row.Role == ChargeRole.Basis && IsAiUsage(row.Charge.Family))
            .Select(row => row.Charge)
            .ToList();
        var index = SliceIndex.Of(day.Slices);
        var buckets = Bucket.Of(charges.Where(charge => charge.Category == ChargeCategory.AgentOrPeople))
            .Select(bucket => (
                Bucket: bucket,
                Slices: (IReadOnlyList<PricedSlice>)[.. index.Matching(bucket).Select(ledger => ledger.Slice)]))
            .ToList();
        var exclusive = result.Buckets
            .Where(bucket => bucket.IsExclusive)
            .Select(bucket => bucket.Key)
            .ToHashSet(StringComparer.Ordinal);
        return new DayClusters
        {
            Charges = charges,
            Slices = [.. index.All],
            Buckets = buckets,
            Clusters = BillCluster.Of(buckets, exclusive, day.RunsWithoutTelemetry),
        };
    }

    private static bool IsAiUsage(SkuFamily family) =>
        family is SkuFamily.AiCredits or SkuFamily.PremiumRequests or SkuFamily.Tokens;
}
