using TokenLedger.Application.Configuration;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>
/// Tells how final the days of a period are, when their bills are asked for next, and what stands against it.
/// </summary>
public sealed class ReadSettlements(
    ILedgerStorage storage, IEnumerable<IBillingSource> providers, IReportSource reports, PriceBook prices,
    LedgerConfiguration configuration)
{
    private readonly RefusalBook refusals = new(storage.Checkpoints);

    /// <summary>The report; null when the scope has neither runs nor a bill in the period.</summary>
    /// <param name="scope">Whose days.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="cancellation">Ends between rows.</param>
    public async Task<SettlementReport?> ExecuteAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellation)
    {
        var period = await new ReconcilePeriod(storage.Store, storage.Days, prices, configuration)
            .ExecuteAsync(scope, from, to, now, cancellation);
        if (period is null)
            return null;
        var recorded = await RecordedSettlements.ReadAsync(storage.Days, now, cancellation);
        var looks = (await storage.Store.ReadObservationsAsync(null, from, to, cancellation)
            .ToListAsync(cancellation)).ToLookup(look => (look.Account, look.Day));
        var heads = (await storage.Days.ReadRevisionsAsync(null, from, to, cancellation)
            .ToListAsync(cancellation)).ToLookup(head => (head.Settlement.Account, head.Settlement.Day));
        var next = await NextLooks.ReadAsync(configuration, providers, reports, storage.Checkpoints, cancellation);
        var refused = await RefusedAsync(cancellation);
        var days = new List<SettledDay>();
        foreach (var day in period.Settlements)
        {
            var key = (day.Account, day.Day);
            var refusalsOfDay = refused[key].ToList();
            days.Add(new SettledDay(
                day,
                next.Of(
                    day, [.. looks[key]], refusalsOfDay, heads[key].LastOrDefault()?.Totals.Runs > 0,
                    recorded.LagsOf(day.Account), now),
                heads[key].Count(head => head.Change.Kind == RevisionKind.Correction),
                heads[key].Count(head => head.Change.Kind == RevisionKind.Reallocation),
                refusalsOfDay.FirstOrDefault()?.Message));
        }

        return new SettlementReport(
            days,
            [.. days.Select(day => day.Settlement.Account).Distinct().Order()
                .Select(account => (account, recorded.LagsOf(account)))]);
    }

    // A mark of what is asked for no more is there until the next poll.
    private async Task<ILookup<(BillingAccount, DateOnly), RememberedRefusal>> RefusedAsync(
        CancellationToken cancellation)
    {
        var asked = AskedViews.Of(configuration, providers, reports).ToHashSet();
        var refused = new List<(BillingAccount Account, RememberedRefusal Refusal)>();
        foreach (var account in asked.Select(view => view.Account).Distinct())
        {
            refused.AddRange((await refusals.ReadAsync(account, cancellation))
                .Where(refusal => asked.Contains(new ViewKey(account, refusal.View, refusal.Filter)))
                .Select(refusal => (account, refusal)));
        }

        return refused.ToLookup(pair => (pair.Account, pair.Refusal.Day), pair => pair.Refusal);
    }
}
