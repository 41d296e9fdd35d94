using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.CreditPools;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reconciling;

/// <summary>What the bills have used of configured credit pools, in whole cycles that a period touches.</summary>
internal static class CreditPoolsOfPeriod
{
    /// <summary>The cycles by account, then as <see cref="CreditPoolUse"/> orders them.</summary>
    /// <param name="store">The bills.</param>
    /// <param name="configuration">The pools.</param>
    /// <param name="accounts">Whose pools.</param>
    /// <param name="from">The first UTC day of the period, inclusive.</param>
    /// <param name="to">The last UTC day of the period, exclusive.</param>
    /// <param name="cancellation">Ends between looks.</param>
    public static async Task<IReadOnlyList<(BillingAccount Account, CreditPoolCycle Cycle)>> ReadAsync(
        ILedgerStore store, LedgerConfiguration configuration, IReadOnlySet<BillingAccount> accounts, DateOnly from,
        DateOnly to, CancellationToken cancellation)
    {
        var all = new List<(BillingAccount, CreditPoolCycle)>();
        foreach (var source in configuration.Sources
            .Where(source => source.CreditPools.Count > 0 && accounts.Contains(source.Account))
            .GroupBy(source => source.Account)
            .OrderBy(group => group.Key))
        {
            var pools = source.SelectMany(part => part.CreditPools).ToList();
            if (CreditPoolUse.DaysOf(pools, from, to) is not var (start, end))
                continue;
            var billed = await BilledAsync(store, configuration, source.Key, start, end, cancellation);
            all.AddRange(CreditPoolUse.Of(pools, billed, from, to).Select(cycle => (source.Key, cycle)));
        }

        return all;
    }

    // Years of bills, of which nothing is kept but a sum a day.
    private static async Task<Dictionary<DateOnly, long>> BilledAsync(
        ILedgerStore store, LedgerConfiguration configuration, BillingAccount account, DateOnly? first, DateOnly end,
        CancellationToken cancellation)
    {
        var billed = new Dictionary<DateOnly, long>();
        var ofDay = new List<Observation>();
        await foreach (var look in store.ReadObservationsAsync(account, first, end, cancellation))
        {
            if (ofDay.Count > 0 && ofDay[0].Day != look.Day)
                Add();
            ofDay.Add(look);
        }

        Add();
        return billed;

        void Add()
        {
            var scope = ReconciliationScope.WholeLedger;
            var bills = new PeriodBills(scope, new ScopeMembers(scope, configuration, ofDay), ofDay);
            if (ofDay.Count > 0 && bills.On(ofDay[0].Day).TryGetValue(account, out var bill)
                && bill.Any(look => BillViewName.ShowsMoney(look.View)))
            {
                billed.Add(ofDay[0].Day, DayReconciler.CountedCharges(bill).Aggregate(
                    0L, (sum, charge) => checked(sum + charge.GrossNanoCredits)));
            }

            ofDay.Clear();
        }
    }
}
