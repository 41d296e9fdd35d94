using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Gap;

namespace TokenLedger.Application.Explaining;

/// <summary>The gap of a period: the cells of all its days, and of usage that no bill is known for.</summary>
public static class PeriodGap
{
    /// <summary>The cells; their sum has the estimate and the bill that the period's totals have.</summary>
    public static IReadOnlyList<GapCell> Of(PeriodReconciliation period) =>
    [
        .. period.Days
            .Zip(period.Inputs, period.Settlements)
            .SelectMany(day => DayGap.Of(day.Second, day.First, day.Third)),
        .. DayGap.WithoutBillSource(period.WithoutAccount),
    ];
}
