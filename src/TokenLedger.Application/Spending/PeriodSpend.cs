using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Spend;

namespace TokenLedger.Application.Spending;

/// <summary>The spend of a reconciled period.</summary>
public static class PeriodSpend
{
    /// <summary>The lines by day and account, then those that no account pays for; made while they are read.</summary>
    /// <param name="period">The reconciliation.</param>
    /// <param name="calibration">What estimates are expected to be billed at.</param>
    public static IEnumerable<SpendLine> Of(PeriodReconciliation period, CalibrationBook calibration) => period.Inputs
        .Zip(period.Days, period.Settlements)
        .SelectMany(day => DaySpend.Of(day.First, day.Second, day.Third, calibration))
        .Concat(period.WithoutAccount.Select(DaySpend.WithoutAccount));
}
