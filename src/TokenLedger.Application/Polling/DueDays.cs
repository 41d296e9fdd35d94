using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Polling;

/// <summary>Finds the days of a source whose bill is due to be looked at.</summary>
internal sealed class DueDays(ILedgerStore store, IDayLedger days, PollRefusals refusals)
{
    /// <summary>The due days in the order to ask for them; closes refusals that are over.</summary>
    public async Task<IReadOnlyList<DueDay>> FindAsync(
        PolledSource source, DateTimeOffset now, CancellationToken cancellation)
    {
        var account = source.Configuration.Account;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var oldest = today.AddDays(-(int)PollPolicy.GivenUpAfterDayEnd.TotalDays);
        var looks = (await LooksAsync(source, oldest, today, cancellation)).ToLookup(look => look.Day);
        var used = await UsedDaysAsync(account, oldest, today, cancellation);
        var refused = await refusals.ReadAsync(account, cancellation);
        // Nothing is known before the first of these; with nothing known at all, yesterday shows what there is.
        var first = looks.Select(group => group.Key).Concat(used).Concat(refused.Keys.Where(day => day >= oldest))
            .DefaultIfEmpty(today.AddDays(-1)).Min();
        var due = new List<DueDay>();
        for (var day = first; day < today; day = day.AddDays(1))
        {
            var refusal = refused.TryGetValue(day, out var found) ? found.Mark : null;
            if (refusal is not null && looks[day].Any(look => look.ObservedAt > found.At))
            {
                await refusals.CloseAsync(account, day, cancellation);
                refused.Remove(day);
                refusal = null;
            }

            var next = PollSchedule.Next(
                account, day, [.. looks[day]], used.Contains(day), refusal?.RetryAt, now);
            if (next.Kind == PollDecisionKind.Now)
                due.Add(new DueDay(day, next.At));
            else if (next.Kind == PollDecisionKind.Never && refused.Remove(day))
                await refusals.ForgetAsync(account, day, cancellation);
        }

        foreach (var day in refused.Keys.Where(day => day < oldest))
            await refusals.ForgetAsync(account, day, cancellation);
        return InOrder(due, refused.Where(day => day.Key >= first).ToDictionary(day => day.Key, day => day.Value.Mark));
    }

    // While every day is refused alike, one of them is the question whether that is over.
    private static IReadOnlyList<DueDay> InOrder(List<DueDay> due, Dictionary<DateOnly, RefusalMark> refused)
    {
        var probes = refused.Where(day => day.Value.IsOfAccount).Select(day => day.Key).ToHashSet();
        if (probes.Count == 0)
            return PollOrder.Of(due);
        var probe = due.Where(day => probes.Contains(day.Day)).OrderBy(day => day.Since).Take(1).ToList();
        return probe.Count < 1 ? [] : [.. probe, .. PollOrder.Of([.. due.Except(probe)])];
    }

    private async Task<List<Observation>> LooksAsync(
        PolledSource source, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        await store.ReadObservationsAsync(source.Configuration.Account, from, to, cancellation)
            .Where(look => look.View == source.Provider.View && look.Filter.Length == 0)
            .ToListAsync(cancellation);

    private async Task<HashSet<DateOnly>> UsedDaysAsync(
        BillingAccount account, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        await days.ReadAsync(account, from, to, cancellation)
            .Where(head => head.Totals.Runs > 0)
            .Select(head => head.Settlement.Day)
            .ToHashSetAsync(cancellationToken: cancellation);
}
