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
    ILedgerStorage storage, IEnumerable<IBillingSource> providers, PriceBook prices, LedgerConfiguration configuration)
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
        var views = PolledViews.Of(configuration, providers).ToLookup(view => view.Account);
        var refused = new Dictionary<BillingAccount, ILookup<DateOnly, RememberedRefusal>>();
        foreach (var account in views.Select(group => group.Key))
        {
            refused[account] = (await refusals.ReadAsync(account, cancellation)).ToLookup(refusal => refusal.Day);
        }

        var days = new List<SettledDay>();
        foreach (var day in period.Settlements)
        {
            var key = (day.Account, day.Day);
            var refusalsOfDay = refused.TryGetValue(day.Account, out var ofAccount) ? ofAccount[day.Day].ToList() : [];
            days.Add(new SettledDay(
                day,
                NextLookOf(
                    views[day.Account], day, [.. looks[key]], refusalsOfDay,
                    heads[key].LastOrDefault()?.Totals.Runs > 0, recorded.LagsOf(day.Account), now),
                heads[key].Count(head => head.Change.Kind == RevisionKind.Correction),
                heads[key].Count(head => head.Change.Kind == RevisionKind.Reallocation),
                refusalsOfDay.FirstOrDefault()?.Message));
        }

        return new SettlementReport(
            days,
            [.. days.Select(day => day.Settlement.Account).Distinct().Order()
                .Select(account => (account, recorded.LagsOf(account)))]);
    }

    private static DateTimeOffset? NextLookOf(
        IEnumerable<PolledView> views, DaySettlement day, List<Observation> looks, List<RememberedRefusal> refusals,
        bool hasUsage, LearnedLags? lags, DateTimeOffset now) => views
        .Where(view => view.Provider.Covers(view.Source, day.Day))
        .Select(view => PollSchedule.Next(
            day.Account, day.Day,
            [.. looks.Where(look => look.View == view.View && IsOf(view, look.Filter))], hasUsage,
            refusals.Find(refusal => refusal.View == view.View && IsOf(view, refusal.Filter))?.RetryAt, now, lags))
        .Where(next => next.Kind != PollDecisionKind.Never)
        .Select(next => (DateTimeOffset?)next.At)
        .Min();

    private static bool IsOf(PolledView view, string filter) =>
        string.Equals(view.Filter, filter, StringComparison.Ordinal);
}
