using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Findings;

/// <summary>Looks for patterns that cost money in the runs and bills of days, and keeps what is found.</summary>
/// <param name="store">Runs and bills.</param>
/// <param name="days">Reconciled days.</param>
/// <param name="archive">The raw files, for features that are not stored yet.</param>
/// <param name="records">Where features and findings are kept.</param>
/// <param name="prices">Names and prices.</param>
/// <param name="configuration">Whom accounts pay for, and which workflows are agents'.</param>
/// <param name="time">The clock.</param>
public sealed class FindPatterns(
    ILedgerStore store, IDayLedger days, ILogArchive archive, IRecords records, PriceBook prices,
    LedgerConfiguration configuration, TimeProvider time)
{
    // History is read once for so many days together: sizes of two months' runs at most are in memory.
    private const int DaysTogether = 31;

    /// <summary>Finds, and stores what is new, changed or gone; the same input writes nothing.</summary>
    /// <param name="asked">The UTC days, in any order.</param>
    /// <param name="cancellation">Ends between runs and days; what was stored stays.</param>
    /// <returns>The findings of the days, by day, the most at stake first.</returns>
    public async Task<IReadOnlyList<Finding>> ExecuteAsync(
        IReadOnlyList<DateOnly> asked, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var found = new List<Finding>();
        var features = new ReadRunFeatures(store, archive, records, prices);
        var book = new FindingBook(records, time);
        foreach (var together in Together(asked))
        {
            var history = await FindingHistory.ReadAsync(
                store, prices, configuration, Back(together[0], FindingDay.HistoryDays), together[^1].AddDays(1),
                cancellation);
            foreach (var day in together)
            {
                var input = await ReadDayAsync(day, history, features, cancellation);
                var findings = FindingRules.Of(input);
                await book.StoreAsync(day, findings, cancellation);
                found.AddRange(findings);
            }
        }

        return found;
    }

    private async Task<FindingDay> ReadDayAsync(
        DateOnly day, IReadOnlyDictionary<string, IReadOnlyList<RunSize>> history, ReadRunFeatures features,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var runs = await store.ReadRunsAsync(day, day.AddDays(1), cancellation)
            .Where(run => ObservedRun.DayOf(run) == day && AgentRuns.Includes(run, configuration.WorkflowsInclude))
            .Where(run => run.HasTelemetry || !IsAwaited(run, now))
            .ToListAsync(cancellation);
        var known = await features.ExecuteAsync(day, runs, cancellation);
        var period = await new ReconcilePeriod(store, days, prices, configuration).ExecuteAsync(
            ReconciliationScope.WholeLedger, day, day.AddDays(1), now, cancellation);
        return new FindingDay
        {
            Day = day,
            History = history,
            Runs =
            [
                .. runs.Select(run => new ObservedRun(run.Facts, day, SlicePricing.Price(run, prices))
                {
                    Report = run.Report,
                    Features = known.GetValueOrDefault(run.Facts.Key),
                }),
            ],
            Accounts = period is null ? [] : [.. period.Inputs.Zip(period.Days, period.Settlements)],
        };
    }

    // Its artifacts may still be to come: nobody has asked for them, and its jobs may not have ended.
    private static bool IsAwaited(LedgerRun run, DateTimeOffset now) =>
        run.Facts.Collection is null && run.Facts.StartedAt is { } start && now - start < UnseenUsage.Longest;

    private static IEnumerable<IReadOnlyList<DateOnly>> Together(IReadOnlyList<DateOnly> asked)
    {
        var group = new List<DateOnly>();
        foreach (var day in asked.Distinct().Order())
        {
            if (group.Count > 0 && day.DayNumber - group[0].DayNumber >= DaysTogether)
            {
                yield return group;
                group = [];
            }

            group.Add(day);
        }

        if (group.Count > 0)
            yield return group;
    }

    private static DateOnly Back(DateOnly day, int count) =>
        day.DayNumber < count ? DateOnly.MinValue : day.AddDays(-count);
}
