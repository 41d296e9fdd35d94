using System.Runtime.CompilerServices;
using TokenLedger.Application.Days;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Budgets;

/// <summary>Reconciles days, adjacent ones at once.</summary>
/// <param name="reconcile">Reconciles.</param>
/// <param name="heads">The recorded heads by day.</param>
/// <param name="now">The time of asking, UTC.</param>
internal sealed class SpentDays(ReconcilePeriod reconcile, ILookup<DateOnly, DayHead> heads, DateTimeOffset now)
{
    // Of a large organisation a week is what fits into memory well.
    private const int DaysAtOnceMax = 7;

    // Days whose bill has just become final are needed twice: to learn from, and to add up.
    private readonly Dictionary<DateOnly, SpentDay> kept = [];

    /// <summary>The days, in order.</summary>
    /// <param name="days">The UTC days, ascending.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    public async IAsyncEnumerable<SpentDay> ReadAsync(
        IReadOnlyList<DateOnly> days, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var known in days.Where(kept.ContainsKey))
            yield return kept[known];
        var rest = days.Where(day => !kept.ContainsKey(day)).ToList();
        for (var at = 0; at < rest.Count;)
        {
            var count = 1;
            while (at + count < rest.Count && count < DaysAtOnceMax && rest[at + count] == rest[at].AddDays(count))
                count++;
            foreach (var day in await ReconcileAsync(rest[at], count, cancellation))
            {
                if (kept.Count < DaysAtOnceMax)
                    kept.Add(day.Day, day);
                yield return day;
            }

            at += count;
        }
    }

    private async Task<IReadOnlyList<SpentDay>> ReconcileAsync(
        DateOnly first, int count, CancellationToken cancellation)
    {
        var period = await reconcile.ExecuteAsync(
            ReconciliationScope.WholeLedger, first, first.AddDays(count), now, cancellation);
        var accounts = (period?.Inputs ?? [])
            .Zip(period?.Days ?? [], period?.Settlements ?? [])
            .ToLookup(account => account.First.Day);
        var without = (period?.WithoutAccount ?? []).ToLookup(slice => slice.Day);
        return
        [
            .. Enumerable.Range(0, count).Select(first.AddDays).Select(day => new SpentDay(
                day,
                [.. accounts[day].Select(account => (account.First, account.Second, Recorded(account.Third)))],
                [.. without[day]])),
        ];
    }

    private DaySettlement Recorded(DaySettlement settlement) => heads[settlement.Day]
        .FirstOrDefault(head => head.Settlement.Account == settlement.Account)?.Settlement ?? settlement;
}
