using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Spending;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Statements;

namespace TokenLedger.Application.Statements;

/// <summary>Reads the spend of a period and states what each group of it is billed.</summary>
public sealed class ReadStatement(
    ILedgerStore store, IDayLedger days, PriceBook prices, LedgerConfiguration configuration)
{
    /// <summary>The statement; null when the scope has neither runs nor a bill in the period.</summary>
    /// <param name="scope">Whose runs and bills.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="groupings">What it is grouped by; at least one.</param>
    /// <param name="spread">How what no run answers for is spread.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    public async Task<Statement?> ExecuteAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, IReadOnlyList<StatementGrouping> groupings,
        StatementSpread spread, DateTimeOffset now, CancellationToken cancellation)
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
        if (lines.Count == 0)
            return null;
        var statement = Statement.Of(
            lines, groupings, configuration.Attribution, spread, configuration.StatementWeights);
        // A day whose bill is awaited may have no line yet.
        var isOver = to <= DateOnly.FromDateTime(now.UtcDateTime)
            && period.Settlements.Where(day => day.Day >= from).All(day => day.IsFinal);
        return statement with { IsFinal = statement.IsFinal && isOver };
    }
}
