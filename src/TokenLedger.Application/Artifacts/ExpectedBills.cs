using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Artifacts;

/// <summary>What usage of a period is expected to be billed, from what the period's own settled days taught.</summary>
internal sealed class ExpectedBills
{
    private readonly CalibrationBook book;
    private readonly Dictionary<(DateOnly, Channel), BillingAccount> accounts;

    private ExpectedBills(CalibrationBook book, Dictionary<(DateOnly, Channel), BillingAccount> accounts)
    {
        this.book = book;
        this.accounts = accounts;
    }

    /// <summary>The expectations; null when no day taught anything.</summary>
    public static ExpectedBills? Of(PeriodReconciliation period) => period.CalibrationPoints.Count == 0 ? null : new(
        CalibrationBook.Of(period.CalibrationPoints.Where(point =>
            point.Day.DayNumber >= period.To.DayNumber - CalibrationBook.DaysBack)),
        // Two accounts of a channel on one day: nothing here tells whose the usage is.
        period.Inputs
            .GroupBy(day => (day.Day, ScopeMembers.ChannelOf(day.Account)))
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single().Account));

    /// <summary>What a slice is expected to be billed; null when nobody can tell.</summary>
    public CalibratedAmount? Of(PricedSlice slice) =>
        slice.EstimatedAiCredits is { } estimate
        && accounts.TryGetValue((slice.Day, slice.Channel), out var account)
        && book.FactorOf(account, slice.Channel, slice.Model) is { IsIdentifiable: true } factor
            ? factor.Of(estimate.Total) : null;
}
