using TokenLedger.Application.Days;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Artifacts;

/// <summary>The sums of a period.</summary>
internal static class TotalsEntries
{
    // Percentages are for reading: four decimals, half to even, like every published rate.
    private const int PercentDecimals = 4;

    public static TotalsEntry Of(PeriodReconciliation period)
    {
        var billed = Basis(period, Components.AiUsage);
        var isSeen = IsSeen(period, Components.AiUsage);
        var expected = ExpectedBills.Of(period)?.Sum(period);
        return new TotalsEntry
        {
            Runs = period.Runs.Count,
            RunsWithTelemetry = period.Runs.Count(run => run.HasTelemetry),
            EstimatedAiCredits = Estimated(period),
            UnpricedRequests = period.Runs
                .SelectMany(run => run.Slices)
                .Where(slice => slice.Unpriced is not null)
                .Aggregate(0L, (sum, slice) => checked(sum + slice.Requests)),
            BilledAiCredits = isSeen ? billed.AiCredits : null,
            BilledGrossUsd = isSeen ? billed.GrossUsd : null,
            BilledNetUsd = isSeen ? billed.NetUsd : null,
            AllocatedAiCredits = isSeen ? Allocated(period, Components.AiUsage).AiCredits : null,
            UnallocatedAiCredits = isSeen ? Unallocated(period, Components.AiUsage).AiCredits : null,
            EvidencePercent = EvidencePercent(period, billed.Gross),
            DriftPercent = DriftPercent(period),
            CalibratedAiCredits = Credits(expected?.NanoCredits),
            CalibratedLowAiCredits = Credits(expected?.LowNanoCredits),
            CalibratedHighAiCredits = Credits(expected?.HighNanoCredits),
            Components = [.. Components.All.Select(name => Create(name, period))],
        };
    }

    private static decimal? Estimated(PeriodReconciliation period)
    {
        var known = period.Runs
            .SelectMany(run => run.Slices)
            .Select(slice => slice.EstimatedAiCredits?.Total)
            .OfType<decimal>()
            .ToList();
        return known.Count == 0 ? null : known.Sum();
    }

    // An empty answer says that no AI usage was billed. Of Actions minutes and seats most views say nothing at all.
    private static bool IsSeen(PeriodReconciliation period, string component) =>
        period.Days.Any(day => day.Charges.Any(row => IsOf(row.Charge, component)))
        || (string.Equals(component, Components.AiUsage, StringComparison.Ordinal)
            && period.Settlements.Any(day => day.Observations > 0));

    private static ComponentEntry Create(string component, PeriodReconciliation period)
    {
        var billed = Basis(period, component);
        var isSeen = IsSeen(period, component);
        return new ComponentEntry
        {
            Component = component,
            BilledGrossUsd = isSeen ? billed.GrossUsd : null,
            BilledNetUsd = isSeen ? billed.NetUsd : null,
            AllocatedGrossUsd = isSeen ? Allocated(period, component).GrossUsd : null,
            UnallocatedGrossUsd = isSeen ? Unallocated(period, component).GrossUsd : null,
        };
    }

    private static BilledSum Basis(PeriodReconciliation period, string component) => BilledSum.Of(period.Days
        .SelectMany(day => day.Charges)
        .Where(row => row.Role == ChargeRole.Basis && IsOf(row.Charge, component))
        .Select(row => new BilledSum(row.Charge.GrossNanoCredits, row.Charge.NetNanoCredits)));

    private static BilledSum Allocated(PeriodReconciliation period, string component) => BilledSum.Of(period.Days
        .SelectMany(day => day.Shares)
        .Where(share => IsOf(share.Charge, component))
        .Select(share => new BilledSum(share.GrossNanoCredits, share.NetNanoCredits)));

    private static BilledSum Unallocated(PeriodReconciliation period, string component) => BilledSum.Of(period.Days
        .SelectMany(day => day.Unallocated)
        .Where(part => IsOf(part.Charge, component))
        .Select(part => new BilledSum(part.GrossNanoCredits, part.NetNanoCredits)));

    private static bool IsOf(Charge charge, string component) =>
        string.Equals(Components.Of(charge.Family), component, StringComparison.Ordinal);

    private static decimal? EvidencePercent(PeriodReconciliation period, long billed)
    {
        if (billed == 0)
            return null;
        var evident = period.Days
            .SelectMany(day => day.Buckets)
            .Where(bucket => bucket.IsEvident)
            .Aggregate(0L, (sum, bucket) => checked(sum + bucket.AllocatedNanoCredits));
        return Percent(evident, billed);
    }

    private static decimal? DriftPercent(PeriodReconciliation period) =>
        CalibrationPoint.DriftPercentOf(period.CalibrationPoints) is { } drift
            ? decimal.Round(drift, PercentDecimals, MidpointRounding.ToEven) : null;

    private static decimal? Credits(long? nanoCredits) =>
        nanoCredits is { } known ? AiCredits.FromNanoCredits(known) : null;

    private static decimal Percent(long part, long whole) => decimal.Round(
        AiCredits.FromNanoCredits(part) / AiCredits.FromNanoCredits(whole) * 100m, PercentDecimals,
        MidpointRounding.ToEven);
}
