using System.Runtime.CompilerServices;
using TokenLedger.Application.Days;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Reads daily costs of one revision for each account and day, a day in memory.</summary>
internal sealed class DailyCostReader(TableClient table, DayHeads heads)
{
    // Each turn that is lost means that the day was stored anew in the milliseconds between.
    private const int TurnsMax = 5;

    public async IAsyncEnumerable<DailyCostRow> ReadAsync(
        DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new TableQuery { Filter = DayKeys.Period(from, to) };
        await using var costs = new DayGroups(table.QueryAsync(query, DailyCostRows.Columns, cancellation));
        await foreach (var day in HeadsByDayAsync(from, to, cancellation))
        {
            var rowsOf = (await costs.TakeAsync(day[0].Head.Settlement.Day))
                .ToLookup(row => row.PartitionKey, StringComparer.Ordinal);
            foreach (var head in day)
            {
                foreach (var row in await CountedAsync(head, rowsOf, cancellation))
                    yield return DailyCostRows.FromRow(row);
            }
        }
    }

    private async IAsyncEnumerable<List<StoredDay>> HeadsByDayAsync(
        DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var day = new List<StoredDay>();
        await foreach (var head in heads.ReadAsync(account: null, from, to, cancellation))
        {
            if (day.Count > 0 && day[0].Head.Settlement.Day != head.Head.Settlement.Day)
            {
                yield return day;
                day = [];
            }

            day.Add(head);
        }

        if (day.Count > 0)
            yield return day;
    }

    private async Task<List<TableEntity>> CountedAsync(
        StoredDay head, ILookup<string, TableEntity> rowsOf, CancellationToken cancellation)
    {
        var (account, day) = (head.Head.Settlement.Account, head.Head.Settlement.Day);
        var partition = DayKeys.Partition(account, day);
        var rows = rowsOf[partition].ToList();
        for (var turn = 0; turn < TurnsMax && IsOvertaken(head, rows); turn++)
        {
            head = await heads.FindAsync(account, day, cancellation) ?? head;
            var query = new TableQuery { Filter = TableFilter.Partition(partition) };
            rows = await table.QueryAsync(query, DailyCostRows.Columns, cancellation).ToListAsync(cancellation);
        }

        var newest = Of(head.Head.Revision, rows);
        // The newest as soon as they are whole; until then those that were.
        return newest.Count == head.DailyCosts ? newest : Of(head.CostsRevision, rows);
    }

    private static bool IsOvertaken(StoredDay head, List<TableEntity> rows) =>
        rows.Exists(row => DailyCostRows.RevisionFromRow(row) > head.Head.Revision)
        || (head.IsComplete && Of(head.Head.Revision, rows).Count != head.DailyCosts);

    private static List<TableEntity> Of(long revision, List<TableEntity> rows) =>
        rows.FindAll(row => DailyCostRows.RevisionFromRow(row) == revision);
}
