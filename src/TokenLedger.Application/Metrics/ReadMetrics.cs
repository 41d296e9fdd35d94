using TokenLedger.Application.Configuration;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Spending;
using TokenLedger.Domain.ActionsMinutes;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Metrics;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Metrics;

/// <summary>
/// Reads everything that metrics of a period are made of: spend, runs, what they did, what became of it.
/// </summary>
public sealed class ReadMetrics(
    ILedgerStore store, ILogArchive archive, IDayLedger days, IRecords records, PriceBook prices,
    LedgerConfiguration configuration)
{
    /// <summary>The report; null when the scope has neither runs nor a bill in the period.</summary>
    /// <param name="scope">Whose runs and bills.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    public async Task<MetricsReport?> ExecuteAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellation)
    {
        // The days before teach what estimates are billed at.
        var first = from.DayNumber < CalibrationBook.DaysBack
            ? DateOnly.MinValue : from.AddDays(-CalibrationBook.DaysBack);
        var period = await new ReconcilePeriod(store, days, prices, configuration)
            .ExecuteAsync(scope, first, to, now, cancellation);
        if (period is null)
            return null;
        var lines = PeriodSpend.Of(period, CalibrationBook.Of(period.CalibrationPoints))
            .Where(line => line.Day >= from)
            .ToList();
        var runs = period.Runs
            .Where(run => run.HasTelemetry
                ? run.Slices.Any(slice => slice.Day >= from)
                : UnseenUsage.StartDayOf(run.Facts) >= from)
            .Select(run => run.Facts)
            .ToList();
        if (lines.Count == 0 && runs.Count == 0)
            return null;
        var work = await new ReadWork(store, archive, records).ExecuteAsync(runs, cancellation);
        return new MetricsReport(from, to, new MetricsInput
        {
            Lines = lines,
            Runs = runs,
            OtherAttempts = await ReadOtherAttemptsAsync(runs, cancellation),
            Work = work.Work,
            Outcomes = work.Outcomes,
            Minutes = [.. MinutesOf(lines, runs)],
            Attribution = configuration.Attribution,
        }, work);
    }

    private async Task<IReadOnlyList<RunFacts>> ReadOtherAttemptsAsync(
        List<RunFacts> runs, CancellationToken cancellation)
    {
        var others = new List<RunFacts>();
        foreach (var (host, runId) in runs
            .Where(run => run.Key.Attempt > 1).Select(run => (run.Key.Host, run.Key.RunId)).Distinct())
        {
            var attempts = await store.ReadRunAsync(host, runId, cancellation);
            others.AddRange(attempts.Select(attempt => attempt.Facts));
        }

        return others;
    }

    // A run's job minutes belong to the day it started on.
    private static IEnumerable<MinutesShare> MinutesOf(List<SpendLine> lines, List<RunFacts> runs)
    {
        var byDay = runs.ToLookup(UnseenUsage.StartDayOf);
        return lines
            .Where(line => line is { Component: SpendComponent.ActionsMinutes, Charge: not null, Gross: not null })
            .GroupBy(line => line.Day)
            .SelectMany(day => MinutesSplit.Of(
                day.Select(line => (line.Charge!, line.Gross!.Value.NanoCredits)), byDay[day.Key]));
    }
}
