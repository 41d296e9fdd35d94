using System.Collections.Immutable;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.IncludedCredits;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reconciling;

/// <summary>The included credits of the months that a period touches, and the nets when they are spread.</summary>
/// <param name="Months">By account, month, then cost centre.</param>
/// <param name="SpreadNets">The net of each charge by its id when the months' included credits are spread.</param>
internal sealed record IncludedCreditsOfPeriod(
    IReadOnlyList<IncludedMonth> Months, IReadOnlyDictionary<string, long> SpreadNets)
{
    /// <summary>Nothing is configured, and nothing is asked for.</summary>
    public static readonly IncludedCreditsOfPeriod None = new([], ImmutableDictionary<string, long>.Empty);

    /// <summary>
    /// Reads whole months, whatever part of them the period is: a pool is used up from their first day on.
    /// </summary>
    /// <param name="store">The bills.</param>
    /// <param name="configuration">The grants.</param>
    /// <param name="from">The first UTC day of the period, inclusive.</param>
    /// <param name="to">The last UTC day of the period, exclusive.</param>
    /// <param name="cancellation">Ends between looks.</param>
    public static async Task<IncludedCreditsOfPeriod> ReadAsync(
        ILedgerStore store, LedgerConfiguration configuration, DateOnly from, DateOnly to,
        CancellationToken cancellation)
    {
        var first = new DateOnly(from.Year, from.Month, 1);
        var last = to.AddDays(-1);
        var end = new DateOnly(last.Year, last.Month, 1).AddMonths(1);
        var looks = await store.ReadObservationsAsync(null, first, end, cancellation).ToListAsync(cancellation);
        // Wallets are whole, whichever part of one is asked for.
        var scope = ReconciliationScope.WholeLedger;
        var bills = new PeriodBills(scope, new ScopeMembers(scope, configuration, looks), looks);
        var months = new List<IncludedMonth>();
        var nets = new Dictionary<string, long>(StringComparer.Ordinal);
        var charges = looks
            .Select(look => look.Day)
            .Distinct()
            .SelectMany(day => bills.On(day).SelectMany(bill => DayReconciler.CountedCharges(bill.Value)))
            .Where(charge => charge.Family == SkuFamily.AiCredits);
        foreach (var pool in charges
            .GroupBy(charge => (
                charge.Account, Month: new DateOnly(charge.Day.Year, charge.Day.Month, 1),
                CostCenter: PoolOf(charge, configuration)))
            .OrderBy(pool => pool.Key.Account)
            .ThenBy(pool => pool.Key.Month)
            .ThenBy(pool => pool.Key.CostCenter, StringComparer.Ordinal))
        {
            var sum = pool.Aggregate(
                (Gross: 0L, Net: (long?)0L),
                (so, charge) => checked((so.Gross + charge.GrossNanoCredits, so.Net + charge.NetNanoCredits)));
            months.Add(new IncludedMonth(
                pool.Key.Account, pool.Key.Month, pool.Key.CostCenter,
                IncludedPool.AiCreditsOf(
                    GrantsOf(pool.Key.Account, pool.Key.CostCenter, configuration), pool.Key.Month),
                sum.Gross, sum.Net));
            foreach (var (id, net) in IncludedSpread.NetsOf(pool) ?? ImmutableDictionary<string, long>.Empty)
                nets[id] = net;
        }

        return new IncludedCreditsOfPeriod(months, nets);
    }

    // A cost centre without a pool of its own draws on the account's.
    private static string? PoolOf(Charge charge, LedgerConfiguration configuration) => configuration.Sources
        .Where(source => source.Account == charge.Account)
        .SelectMany(source => source.Included)
        .Select(grant => grant.CostCenter)
        .OfType<string>()
        .FirstOrDefault(name => charge.Dimensions.CostCenter.IsNamed && charge.Dimensions.CostCenter.Admits(name));

    private static List<IncludedGrant> GrantsOf(
        BillingAccount account, string? costCenter, LedgerConfiguration configuration) =>
    [
        .. configuration.Sources
            .Where(source => source.Account == account)
            .SelectMany(source => source.Included)
            .Where(grant => string.Equals(grant.CostCenter, costCenter, StringComparison.OrdinalIgnoreCase)),
    ];
}
