using TokenLedger.Application.Ports;
using TokenLedger.Application.Settlements;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Polling;

/// <summary>Finds the days of a view whose bill is due to be looked at.</summary>
internal sealed class DueDays(ILedgerStore store, IDayLedger days, PollRefusals refusals, GivenUpDays givenUp)
{
    /// <summary>What is known of an account; its days that can be asked for no more are given up.</summary>
    public async Task<AccountFacts> ReadAsync(
        BillingAccount account, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var oldest = today.AddDays(-(int)PollPolicy.GivenUpAfterDayEnd.TotalDays);
        await givenUp.FindAsync(account, oldest, now, cancellation);
        return new AccountFacts(
            oldest, today,
            await store.ReadObservationsAsync(account, oldest, today, cancellation).ToListAsync(cancellation),
            await days.ReadAsync(account, oldest, today, cancellation)
                .Where(head => head.Totals.Runs > 0)
                .Select(head => head.Settlement.Day)
                .ToHashSetAsync(cancellationToken: cancellation),
            await refusals.ReadAsync(account, cancellation),
            (await RecordedSettlements.ReadAsync(days, now, cancellation)).LagsOf(account));
    }

    /// <summary>The due days in the order to ask for them; closes refusals that are over.</summary>
    public async Task<IReadOnlyList<DueDay>> FindAsync(
        PolledView view, AccountFacts facts, DateTimeOffset now, CancellationToken cancellation)
    {
        var looks = facts.Looks
            .Where(look => look.View == view.View
                && string.Equals(look.Filter, view.Filter, StringComparison.Ordinal))
            .ToLookup(look => look.Day);
        var refused = facts.Refusals
            .Where(refusal => refusal.View == view.View
                && string.Equals(refusal.Filter, view.Filter, StringComparison.Ordinal))
            .ToDictionary(refusal => refusal.Day);
        foreach (var day in refused.Keys.Where(day => day < facts.Oldest).ToList())
        {
            await givenUp.AddAsync(view.Key, day, cancellation);
            refused.Remove(day);
        }

        // Nothing is known before the first of these; with nothing known at all, yesterday shows what there is.
        var first = facts.Looks.Select(look => look.Day).Concat(facts.Used).Concat(refused.Keys)
            .DefaultIfEmpty(facts.Today.AddDays(-1)).Min();
        var due = new List<DueDay>();
        for (var day = first; day < facts.Today; day = day.AddDays(1))
        {
            if (!view.Provider.Covers(view.Source, day))
                continue;
            var refusal = refused.GetValueOrDefault(day);
            if (refusal is not null && looks[day].Any(look => look.ObservedAt > refusal.At))
            {
                await refusals.CloseAsync(view.Key, day, cancellation);
                refused.Remove(day);
                refusal = null;
            }

            var next = PollSchedule.Next(
                view.Account, day, [.. looks[day]], facts.Used.Contains(day), refusal?.RetryAt, now, facts.Lags);
            if (next.Kind == PollDecisionKind.Now)
                due.Add(new DueDay(day, next.At));
            else if (next.Kind == PollDecisionKind.Never && refused.Remove(day))
                await givenUp.AddAsync(view.Key, day, cancellation);
        }

        return InOrder(due, [.. refused.Values.Where(refusal => refusal.IsOfAccount).Select(refusal => refusal.Day)]);
    }

    // While every day is refused alike, one of them is the question whether that is over.
    private static IReadOnlyList<DueDay> InOrder(List<DueDay> due, HashSet<DateOnly> probes)
    {
        if (probes.Count == 0)
            return PollOrder.Of(due);
        var probe = due.Where(day => probes.Contains(day.Day)).OrderBy(day => day.Since).Take(1).ToList();
        return probe.Count < 1 ? [] : [.. probe, .. PollOrder.Of([.. due.Except(probe)])];
    }
}
