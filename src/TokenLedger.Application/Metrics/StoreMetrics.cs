using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Metrics;

namespace TokenLedger.Application.Metrics;

/// <summary>Stores the metrics of a month for Power BI, whole: rows of groups that are no more go.</summary>
/// <remarks>Rows are put first and old ones removed then: a process killed in between leaves some too many.</remarks>
public sealed class StoreMetrics(ReadMetrics read, IRecords records)
{
    // A week may reach into two months, and a month is the partition.
    private static readonly MetricGrouping[] Groupings =
    [
        MetricGrouping.All, MetricGrouping.Repository, MetricGrouping.Workflow, MetricGrouping.Team,
        MetricGrouping.Person, MetricGrouping.Model, MetricGrouping.Day,
    ];

    /// <summary>Stores the months that a period touches.</summary>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="cancellation">Ends between two months.</param>
    /// <returns>How many rows there are.</returns>
    public async Task<int> ExecuteAsync(
        DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = 0;
        // Bounded by the calendar.
        for (var month = new DateOnly(from.Year, from.Month, 1); month < to; month = month.AddMonths(1))
            rows += await StoreAsync(month, now, cancellation);
        return rows;
    }

    private async Task<int> StoreAsync(DateOnly month, DateTimeOffset now, CancellationToken cancellation)
    {
        var key = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var report = await read.ExecuteAsync(
            ReconciliationScope.WholeLedger, month, month.AddMonths(1), now, cancellation);
        var rows = report is null ? [] : Groupings
            .SelectMany(grouping => MetricFold.Of(report.Input, grouping))
            .Select(value => MetricTable.Of(key, value))
            .ToList();
        await records.PutAsync(rows, cancellation);
        var kept = rows.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
        var old = await records.ReadPartitionAsync(MetricTable.Table, key, cancellation)
            .Where(row => !kept.Contains(row.Row.RowKey))
            .ToListAsync(cancellation);
        foreach (var row in old)
            await records.RemoveAsync(MetricTable.Table, key, row.Row.RowKey, row.Version, cancellation);
        return rows.Count;
    }
}
