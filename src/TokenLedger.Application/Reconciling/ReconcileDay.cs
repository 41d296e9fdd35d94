using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Telemetry;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Reconciling;

/// <summary>Reconciles every account of one UTC day and stores what is new.</summary>
/// <remarks>
/// The whole day at once, because which account pays for a run depends on all of them; what is stored is one account
/// and day at a time, so that an unchanged account writes nothing.
/// </remarks>
public sealed class ReconcileDay(
    ILedgerStore store,
    IDayLedger days,
    DayQueue queue,
    PriceBook prices,
    LedgerConfiguration configuration,
    TimeProvider time)
{
    /// <summary>Reconciles the day.</summary>
    /// <returns>How many accounts were written.</returns>
    public async Task<int> ExecuteAsync(DateOnly day, CancellationToken cancellation)
    {
        // Before anything is read: what changes from here on is queued again.
        await queue.TakeAsync(day, cancellation);
        var now = time.GetUtcNow();
        var written = 0;
        foreach (var reconciled in await DecideAsync(day, now, cancellation))
        {
            if (await days.StoreAsync(reconciled, cancellation))
                written++;
        }

        LedgerTelemetry.DaysStored(written);
        return written;
    }

    private async Task<IReadOnlyList<ReconciledDay>> DecideAsync(
        DateOnly day, DateTimeOffset now, CancellationToken cancellation)
    {
        var end = day.AddDays(1);
        var looks = await store.ReadObservationsAsync(null, day, end, cancellation).ToListAsync(cancellation);
        var scope = ReconciliationScope.WholeLedger;
        var members = new ScopeMembers(scope, configuration, looks);
        var runs = new List<PeriodRun>();
        await foreach (var run in store.ReadRunsAsync(day, end, cancellation))
        {
            if (PeriodRun.Of(members.WithConfiguredPayer(run), prices, configuration, day, end) is { } member)
                runs.Add(member);
        }

        var outcomes = new PeriodDays(scope, members, prices, runs, looks).Reconcile(day, now).ToList();
        var results = outcomes.ConvertAll(outcome => ToStore(outcome, looks, now));
        var known = results.Select(result => result.Settlement.Account).ToHashSet();
        // An account whose money now stands on another one's bill must not be counted a second time.
        await foreach (var head in days.ReadAsync(null, day, end, cancellation))
        {
            if (known.Add(head.Settlement.Account))
                results.Add(Nothing(head.Settlement.Account, day, now));
        }

        return results;
    }

    private ReconciledDay ToStore(DayOutcome outcome, List<Observation> looks, DateTimeOffset now) => new(
        outcome.Settlement,
        InputDigest.OfDay(
            outcome, configuration, prices,
            looks.Where(look => look.Account == outcome.Reconciliation.Account)),
        now,
        DayRows.Totals(outcome),
        DayRows.Shares(outcome),
        DayRows.Unallocated(outcome),
        DayRows.DailyCosts(outcome));

    private static ReconciledDay Nothing(BillingAccount account, DateOnly day, DateTimeOffset now) => new(
        new DaySettlement(account, day, SettlementStatus.Estimated, 0, null, null),
        "nothing",
        now,
        new DayTotals(null, null, null, null, null, 0, 0),
        [],
        [],
        []);
}
