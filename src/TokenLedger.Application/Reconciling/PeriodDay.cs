using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reconciling;

/// <summary>All accounts of one day of a period.</summary>
/// <param name="Accounts">Every account that has a bill or usage on the day, in order of their keys.</param>
/// <param name="WithoutAccount">The usage of the day that no account pays for.</param>
/// <param name="Points">What final bills of the day tell of estimates.</param>
internal sealed record PeriodDay(
    IReadOnlyList<DayOutcome> Accounts, IReadOnlyList<PricedSlice> WithoutAccount,
    IReadOnlyList<CalibrationPoint> Points)
{
    public static PeriodDay Of(PeriodDays days, DateOnly day, DateTimeOffset now)
    {
        var (accounts, withoutAccount) = days.Reconcile(day, now);
        return new PeriodDay(
            accounts, withoutAccount,
            [.. accounts.SelectMany(account => CalibrationPoint.Of(
                account.Input, account.Reconciliation, account.Settlement))]);
    }
}
