using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Domain.Calibration;

/// <summary>What an account has spent on a day, as well as it is known by now. Gross, AI usage alone.</summary>
/// <remarks>
/// A final bill; else the larger of the bill so far and the calibrated estimate, because a bill grows; else the
/// calibrated estimate, which is of known runs alone.
/// </remarks>
/// <param name="Account">The wallet.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="BilledNanoCredits">The bill so far; null when none was seen.</param>
/// <param name="EstimatedAiCredits">The estimate of priced usage; null when none is priced.</param>
/// <param name="Calibrated">The calibrated estimate; null when none is priced.</param>
/// <param name="Spend">The spend with its interval; null when neither bill nor estimate is known.</param>
/// <param name="UnpricedRequests">Requests that are in no estimate.</param>
/// <param name="IsFinal">Whether the bill decides alone.</param>
public sealed record HybridSpend(
    BillingAccount Account,
    DateOnly Day,
    long? BilledNanoCredits,
    decimal? EstimatedAiCredits,
    CalibratedAmount? Calibrated,
    CalibratedAmount? Spend,
    long UnpricedRequests,
    bool IsFinal)
{
    /// <summary>The spend of one account and day.</summary>
    public static HybridSpend Of(
        AccountDay day, DayReconciliation result, DaySettlement settlement, CalibrationBook calibration)
    {
        var clusters = DayClusters.Of(day, result);
        long? billed = !day.HasBill ? null
            : clusters.Charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));
        CalibratedAmount? calibrated = null;
        foreach (var model in clusters.Slices.GroupBy(slice => (slice.Channel, slice.Model)))
        {
            if (ClusterGap.EstimatedAiCredits(model) is { } estimate)
            {
                calibrated = (calibrated ?? default)
                    + calibration.FactorOf(day.Account, model.Key.Channel, model.Key.Model).Of(estimate);
            }
        }

        var isFinal = billed is not null && settlement.IsFinal;
        return new HybridSpend(
            day.Account, day.Day, billed, ClusterGap.EstimatedAiCredits(clusters.Slices), calibrated,
            SpendOf(billed, calibrated, isFinal),
            clusters.Slices
                .Where(slice => slice.Unpriced is not null)
                .Aggregate(0L, (sum, slice) => checked(sum + slice.Requests)),
            isFinal);
    }

    private static CalibratedAmount? SpendOf(long? billed, CalibratedAmount? calibrated, bool isFinal) =>
        (billed, calibrated) switch
        {
            ({ } bill, null) => new CalibratedAmount(bill, bill, bill),
            ({ } bill, _) when isFinal => new CalibratedAmount(bill, bill, bill),
            ({ } bill, { } expected) => new CalibratedAmount(
                Math.Max(bill, expected.NanoCredits), Math.Max(bill, expected.LowNanoCredits),
                Math.Max(bill, expected.HighNanoCredits)),
            _ => calibrated,
        };
}
