using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Application.Explaining;

/// <summary>Learns from the settled days of a scope what its estimates will be billed at, and tests that.</summary>
public sealed class ReadCalibration(
    ILedgerStore store, IDayLedger days, PriceBook prices, LedgerConfiguration configuration)
{
    /// <summary>The factors and days; null when the scope has neither runs nor a bill in them.</summary>
    /// <param name="scope">Whose runs and bills.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="daysBack">How many days before it teach.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    public async Task<CalibrationReport?> ExecuteAsync(
        ReconciliationScope scope, DateOnly to, int daysBack, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await ReconcileAsync(scope, Back(to, daysBack), to, now, cancellation) is not { } period)
            return null;
        var book = CalibrationBook.Of(period.CalibrationPoints);
        return new CalibrationReport(
            [
                .. period.Inputs
                    .SelectMany(day => day.Slices.Select(slice => (day.Account, slice.Channel, slice.Model)))
                    .Distinct()
                    .OrderBy(used => used.Account)
                    .ThenBy(used => used.Channel)
                    .ThenBy(used => used.Model, StringComparer.Ordinal)
                    .Select(used => (
                        used.Account, used.Channel, used.Model, book.FactorOf(used.Account, used.Channel, used.Model))),
            ],
            [
                .. period.Days
                    .Zip(period.Inputs, period.Settlements)
                    .Select(day => (HybridSpend.Of(day.Second, day.First, day.Third, book), day.Third.Status)),
            ]);
    }

    /// <summary>How well intervals would have held; null when the scope has neither runs nor a bill.</summary>
    /// <param name="scope">Whose runs and bills.</param>
    /// <param name="from">The first tested UTC day, inclusive.</param>
    /// <param name="to">The last tested UTC day, exclusive.</param>
    /// <param name="daysBack">How many days before a day teach it.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    public async Task<IReadOnlyList<CalibrationBacktest>?> TestAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, int daysBack, DateTimeOffset now,
        CancellationToken cancellation) =>
        await ReconcileAsync(scope, Back(from, daysBack), to, now, cancellation) is { } period
            ? CalibrationBacktest.Of(period.CalibrationPoints, period.Settlements, from, to, daysBack)
            : null;

    private Task<PeriodReconciliation?> ReconcileAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellation) =>
        new ReconcilePeriod(store, days, prices, configuration).ExecuteAsync(scope, from, to, now, cancellation);

    private static DateOnly Back(DateOnly day, int daysBack) =>
        day.DayNumber < daysBack ? DateOnly.MinValue : day.AddDays(-daysBack);
}
