using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Calibration;

/// <summary>What a model was billed and estimated at on one day, where nothing else can be in either.</summary>
/// <remarks>Drift is told of all points, factors are learned from those of one model.</remarks>
/// <param name="Account">The wallet.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model; null for a piece of the bill that does not tell several apart.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="BilledNanoCredits">Gross; 0 or more.</param>
/// <param name="EstimatedNanoCredits">The estimate; above 0.</param>
public sealed record CalibrationPoint(
    BillingAccount Account, Channel Channel, string? Model, DateOnly Day, long BilledNanoCredits,
    long EstimatedNanoCredits)
{
    /// <summary>Billed over estimated.</summary>
    public decimal Ratio => Allocation.Ratio.Of(BilledNanoCredits, EstimatedNanoCredits);

    /// <summary>The points of a day.</summary>
    /// <remarks>
    /// Only of a final bill (settled or closed, nothing against it), and only clusters whose buckets are all exclusive
    /// or token-matched, and complete: there a difference is neither people's nor an unseen run's.
    /// </remarks>
    public static IReadOnlyList<CalibrationPoint> Of(
        AccountDay day, DayReconciliation result, DaySettlement settlement) =>
        !settlement.IsFinal || !result.Buckets.Any(bucket => bucket is { IsExclusive: true, IsComplete: true })
            ? []
            :
            [
                .. DayClusters.Of(day, result).Clusters
                    .Where(cluster => cluster is { IsExclusive: true, BareRuns.Count: 0, Unpriced.Count: 0 })
                    .Where(cluster => cluster.Slices.Count > 0)
                    .GroupBy(cluster => (cluster.Slices[0].Channel, cluster.Model?.Name))
                    .Select(group => new CalibrationPoint(
                        day.Account, group.Key.Channel, group.Key.Name, day.Day,
                        group.Aggregate(0L, (sum, cluster) => checked(sum + cluster.BilledNanoCredits)),
                        group.Aggregate(
                            0L, (sum, cluster) => checked(sum + ClusterGap.EstimatedNanoCredits(cluster.Slices)))))
                    .Where(point => point is { BilledNanoCredits: >= 0, EstimatedNanoCredits: > 0 })
                    .OrderBy(point => point.Channel)
                    .ThenBy(point => point.Model, StringComparer.Ordinal),
            ];

    /// <summary>Billed over estimated of all points, less one, in percent; null where there is none.</summary>
    public static decimal? DriftPercentOf(IReadOnlyCollection<CalibrationPoint> points) => points.Count == 0 ? null
        : (Allocation.Ratio.Of(
            points.Sum(point => (decimal)point.BilledNanoCredits),
            points.Sum(point => (decimal)point.EstimatedNanoCredits)) - 1m) * 100m;
}
