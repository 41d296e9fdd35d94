using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Calibration;

/// <summary>What one model was billed and estimated at on one day, where nothing else can be in either.</summary>
/// <param name="Account">The wallet.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="BilledNanoCredits">Gross; 0 or more.</param>
/// <param name="EstimatedNanoCredits">The estimate; above 0.</param>
public sealed record CalibrationPoint(
    BillingAccount Account, Channel Channel, string Model, DateOnly Day, long BilledNanoCredits,
    long EstimatedNanoCredits)
{
    /// <summary>Billed over estimated.</summary>
    public decimal Ratio => (decimal)BilledNanoCredits / EstimatedNanoCredits;

    /// <summary>The points of a day.</summary>
    /// <remarks>
    /// Only of a final bill (settled or closed, nothing against it), and only clusters of one model whose buckets are
    /// all exclusive or token-matched and complete: there a difference is neither people's nor an unseen run's.
    /// </remarks>
    public static IReadOnlyList<CalibrationPoint> Of(
        AccountDay day, DayReconciliation result, DaySettlement settlement) =>
    [
        .. IdentifiableClusters(day, result, settlement)
            .Where(cluster => cluster.Model is not null)
            .Select(cluster => (Model: cluster.Model!.Value, Billed: cluster.BilledNanoCredits,
                Estimated: ClusterGap.EstimatedNanoCredits(cluster.Slices)))
            .GroupBy(cluster => cluster.Model)
            .Select(group => new CalibrationPoint(
                day.Account, group.Key.Channel, group.Key.Name, day.Day,
                group.Aggregate(0L, (sum, cluster) => checked(sum + cluster.Billed)),
                group.Aggregate(0L, (sum, cluster) => checked(sum + cluster.Estimated))))
            .Where(point => point is { BilledNanoCredits: >= 0, EstimatedNanoCredits: > 0 })
            .OrderBy(point => point.Channel)
            .ThenBy(point => point.Model, StringComparer.Ordinal),
    ];

    /// <summary>
    /// What was billed and estimated in all clusters of a day from which drift can be told, of several models too.
    /// </summary>
    public static (long BilledNanoCredits, long EstimatedNanoCredits) IdentifiableSum(
        AccountDay day, DayReconciliation result, DaySettlement settlement)
    {
        var (billed, estimated) = (0L, 0L);
        foreach (var cluster in IdentifiableClusters(day, result, settlement))
        {
            billed = checked(billed + cluster.BilledNanoCredits);
            estimated = checked(estimated + ClusterGap.EstimatedNanoCredits(cluster.Slices));
        }

        return (billed, estimated);
    }

    private static IEnumerable<BillCluster> IdentifiableClusters(
        AccountDay day, DayReconciliation result, DaySettlement settlement) =>
        !DayGap.IsFinal(settlement) || !result.Buckets.Any(bucket => bucket is { IsExclusive: true, IsComplete: true })
            ? []
            : DayClusters.Of(day, result).Clusters.Where(cluster =>
                cluster is { IsExclusive: true, BareRuns.Count: 0, Unpriced.Count: 0 } && cluster.Slices.Count > 0);
}
