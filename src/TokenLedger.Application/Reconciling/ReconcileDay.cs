using System.Collections.Immutable;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Settlements;
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
    PriceBook prices,
    LedgerConfiguration configuration,
    TimeProvider time)
{
    // Every turn that is lost means that another process has stored an account's day.
    private const int TurnsMax = 10;

    // The input hash of an account whose money stands on another one's bill.
    private const string NothingHash = "nothing";

    /// <summary>Reconciles the day.</summary>
    /// <returns>How many accounts were written.</returns>
    public async Task<int> ExecuteAsync(DateOnly day, CancellationToken cancellation)
    {
        var written = 0;
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            // Before anything else is read: whoever stores after this has seen at least as much.
            var heads = await days.ReadAsync(null, day, day.AddDays(1), cancellation).ToDictionaryAsync(
                head => head.Settlement.Account, cancellationToken: cancellation);
            var (stored, isOvertaken) = await StoreAsync(
                await DecideAsync(day, heads, time.GetUtcNow(), cancellation), heads, cancellation);
            written += stored;
            if (isOvertaken)
                continue;
            LedgerTelemetry.DaysStored(written);
            return written;
        }

        throw new LedgerUnusableException(FormattableString.Invariant(
            $"{day:yyyy-MM-dd} was stored by other processes {TurnsMax} times in a row: try again later."));
    }

    private async Task<(int Written, bool IsOvertaken)> StoreAsync(
        IReadOnlyList<ReconciledDay> results, Dictionary<BillingAccount, DayHead> heads,
        CancellationToken cancellation)
    {
        var written = 0;
        foreach (var result in results)
        {
            var account = result.Settlement.Account;
            var head = heads.GetValueOrDefault(account);
            if (await days.StoreAsync(result with { BasedOnRevision = head?.Revision ?? 0 }, cancellation))
                written++;
            else if (!IsOf(head, result)
                && !IsOf(await days.FindAsync(account, result.Settlement.Day, cancellation), result))
                return (written, true);
        }

        return (written, false);
    }

    private static bool IsOf(DayHead? head, ReconciledDay result) =>
        string.Equals(head?.InputHash, result.InputHash, StringComparison.Ordinal);

    private async Task<IReadOnlyList<ReconciledDay>> DecideAsync(
        DateOnly day, Dictionary<BillingAccount, DayHead> heads, DateTimeOffset now, CancellationToken cancellation)
    {
        var end = day.AddDays(1);
        var looks = await store.ReadObservationsAsync(null, day, end, cancellation).ToListAsync(cancellation);
        var scope = ReconciliationScope.WholeLedger;
        var members = new ScopeMembers(scope, configuration, looks);
        var runs = await PeriodRuns.ReadAsync(store, members, prices, configuration, day, end, cancellation);
        var outcomes = OutcomesOf(RecordedSettlements.None);
        // What closed days taught matters to days that would settle without it. Most are not as old as that.
        if (outcomes.Exists(outcome => outcome.Settlement.Status == SettlementStatus.Settled)
            && await RecordedSettlements.ReadAsync(days, now, cancellation) is var recorded
            && outcomes.Exists(outcome => recorded.LagsOf(outcome.Settlement.Account, day) is not null))
            outcomes = OutcomesOf(recorded);
        var results = outcomes.ConvertAll(outcome => ToStore(outcome, looks, heads, now));
        var known = results.Select(result => result.Settlement.Account).ToHashSet();
        // An account whose money now stands on another one's bill. First: too little for a moment, never twice.
        return [.. heads.Values.Where(head => known.Add(head.Settlement.Account))
            .OrderBy(head => head.Settlement.Account).Select(head => Nothing(head, now)), .. results];

        List<DayOutcome> OutcomesOf(RecordedSettlements recorded) =>
        [
            .. new PeriodDays(
                scope, members, prices, new SettlementRules(configuration, recorded), runs, looks,
                ImmutableDictionary<string, long>.Empty)
                .Reconcile(day, now).Accounts,
        ];
    }

    private ReconciledDay ToStore(
        DayOutcome outcome, List<Observation> looks, Dictionary<BillingAccount, DayHead> heads, DateTimeOffset now)
    {
        var account = outcome.Reconciliation.Account;
        var totals = DayRows.Totals(outcome);
        var shares = DayRows.Shares(outcome);
        var unallocated = DayRows.Unallocated(outcome);
        return new ReconciledDay(
            outcome.Settlement,
            InputDigest.OfDay(outcome, configuration, prices, looks.Where(look => look.Account == account)),
            now,
            totals,
            shares,
            unallocated,
            DayRows.DailyCosts(outcome))
        {
            Change = DayChange.Of(
                heads.GetValueOrDefault(account)?.Change, outcome.Settlement, DayDigest.OfBill(outcome.Reconciliation),
                DayDigest.OfResult(totals, shares, unallocated), now),
        };
    }

    private static ReconciledDay Nothing(DayHead head, DateTimeOffset now)
    {
        var settlement = new DaySettlement(
            head.Settlement.Account, head.Settlement.Day, SettlementStatus.Estimated, 0, null, null);
        var totals = new DayTotals(null, null, null, null, null, 0, 0);
        return new ReconciledDay(settlement, NothingHash, now, totals, [], [], [])
        {
            Change = DayChange.Of(
                head.Change, settlement, DayDigest.OfNothing(), DayDigest.OfResult(totals, [], []), now),
        };
    }
}
