using System.Runtime.ExceptionServices;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Settlements;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Application.Reconciling;

/// <summary>Reconciles every account and day of a scope with the runs it paid for.</summary>
public sealed class ReconcilePeriod(
    ILedgerStore store, IDayLedger days, PriceBook prices, LedgerConfiguration configuration)
{
    /// <summary>The reconciliation; null when the scope has neither runs nor a bill in the period.</summary>
    /// <param name="scope">Whose runs and bills.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="now">The time of asking, UTC: it decides how final a day is.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    public Task<PeriodReconciliation?> ExecuteAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellation) =>
        ExecuteAsync(scope, from, to, now, spreadsIncluded: false, cancellation);

    /// <summary>The reconciliation, with the included credits where the bill took them off or spread.</summary>
    /// <param name="scope">Whose runs and bills.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="now">The time of asking, UTC: it decides how final a day is.</param>
    /// <param name="spreadsIncluded">
    /// Whether what is included is spread over the charges of its month pro rata to gross: only net figures differ.
    /// </param>
    /// <param name="cancellation">Ends between rows and days.</param>
    public async Task<PeriodReconciliation?> ExecuteAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, DateTimeOffset now, bool spreadsIncluded,
        CancellationToken cancellation)
    {
        var observations = await store.ReadObservationsAsync(null, from, to, cancellation).ToListAsync(cancellation);
        var members = new ScopeMembers(scope, configuration, observations);
        var found = await PeriodRuns.ReadAsync(store, members, prices, configuration, from, to, cancellation);
        var runs = found.Runs;
        var accounts = members.Accounts.ToHashSet();
        var looks = observations.Where(look => accounts.Contains(look.Account)).ToList();
        if (runs.Count == 0 && looks.Count == 0)
            return null;
        var rules = new SettlementRules(
            configuration, await RecordedSettlements.ReadAsync(days, now, cancellation));
        var included = spreadsIncluded || configuration.Sources.Any(source => source.Included.Count > 0)
            ? await IncludedCreditsOfPeriod.ReadAsync(store, configuration, from, to, cancellation)
            : IncludedCreditsOfPeriod.None;
        var dealt = new PeriodDays(
            scope, members, prices, rules, found, looks,
            spreadsIncluded ? included.SpreadNets : IncludedCreditsOfPeriod.None.SpreadNets);
        var pools = await CreditPoolsOfPeriod.ReadAsync(store, configuration, accounts, from, to, cancellation);
        // A month of a large organisation takes as long to hash as to reconcile.
        var digest = Task.Run(
            () => InputDigest.Of(
                scope, from, to, configuration, spreadsIncluded, included, pools, found, looks), cancellation);
        var reconciled = Reconcile(dealt, from, to, now, cancellation);
        var results = reconciled.SelectMany(day => day.Accounts).ToList();
        var points = reconciled.SelectMany(day => day.Points).ToList();
        var findings = PriceNotices.Look(results, prices);
        return new PeriodReconciliation
        {
            Scope = scope,
            From = from,
            To = to,
            InputHash = await digest,
            PricesHash = prices.Hash,
            Runs = runs,
            Days = [.. results.Select(result => result.Reconciliation)],
            Settlements = [.. results.Select(result => result.Settlement)],
            Inputs = [.. results.Select(result => result.Input)],
            WithoutAccount = [.. reconciled.SelectMany(day => day.WithoutAccount)],
            CalibrationPoints = points,
            BilledChannels = members.Accounts.Select(ScopeMembers.ChannelOf).ToHashSet(),
            IncludedMonths = [.. included.Months.Where(month => accounts.Contains(month.Account))],
            PriceFindings = findings,
            CreditPools = pools,
            Notices =
            [
                .. PeriodNotices.Of(runs, looks, results),
                .. PriceNotices.Of(findings),
                .. spreadsIncluded
                    ? PeriodNotices.OfSpread(included.Months.Where(month => accounts.Contains(month.Account)))
                    : [],
                .. CalibrationDrift.Of(points).Select(drift => drift.ToNotice()),
                .. await ChangesAfterSettling.ReadAsync(days, accounts, from, to, cancellation),
            ],
        };
    }

    // Bounded by the calendar: a DateOnly ends in the year 9999.
    private static List<PeriodDay> Reconcile(
        PeriodDays days, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return
            [
                .. Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber)
                    .AsParallel().AsOrdered().WithCancellation(cancellation)
                    .Select(day => PeriodDay.Of(days, DateOnly.FromDayNumber(day), now)),
            ];
        }
        catch (AggregateException failures)
        {
            // As if the days had been taken one after the other.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
            throw;
        }
    }
}
