using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
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
            .Zip(period.Settlements)
            .GroupBy(day => (day.First.Day, ScopeMembers.ChannelOf(day.First.Account)))
            .Where(group => group.Count() == 1 && IsExpected(group.Single().Second))
            .ToDictionary(group => group.Key, group => group.Single().First.Account));

    /// <summary>
    /// What all usage in state <c>estimated</c> is expected to be billed; null when there is none, or when nobody can
    /// tell of some of it.
    /// </summary>
    public CalibratedAmount? Sum(PeriodReconciliation period)
    {
        CalibratedAmount? sum = null;
        foreach (var (result, input, settlement) in period.Days.Zip(period.Inputs, period.Settlements))
        {
            if (!IsExpected(settlement) || !period.BilledChannels.Contains(ScopeMembers.ChannelOf(input.Account)))
                continue;
            var billed = result.Shares
                .Select(share => share.Slice)
                .ToHashSet<PricedSlice>(ReferenceEqualityComparer.Instance);
            foreach (var slice in input.Slices.Where(slice => slice.Unpriced is null && !billed.Contains(slice)))
            {
                if (Of(slice) is not { } expected)
                    return null;
                sum = (sum ?? default) + expected;
            }
        }

        return sum;
    }

    // A final bill that passed usage over is not expected to bill it any more, nor is a day that is given up.
    private static bool IsExpected(DaySettlement settlement) => settlement.Status is not
        (SettlementStatus.Settled or SettlementStatus.Closed);

    /// <summary>What a slice is expected to be billed; null when nobody can tell.</summary>
    public CalibratedAmount? Of(PricedSlice slice) =>
        slice.EstimatedAiCredits is { } estimate
        && accounts.TryGetValue((slice.Day, slice.Channel), out var account)
        && book.FactorOf(account, slice.Channel, slice.Model) is { IsIdentifiable: true } factor
            ? factor.Of(estimate.Total) : null;
}
