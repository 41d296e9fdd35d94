using System.Runtime.CompilerServices;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Reads the runs of a period: two key ranges, and the heads of what they hold.</summary>
/// <remarks>
/// The period's rows are held in memory until its runs are in the order of their keys; callers read a day or a month.
/// </remarks>
internal sealed class PeriodReader(RunTables tables)
{
    private readonly RunHeads heads = new(tables.Index);
    private readonly RunReader reader = new(tables);

    public async IAsyncEnumerable<LedgerRun> ReadAsync(
        DateOnly? from, DateOnly? to,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new TableQuery { Filter = RunKeys.Period(from, to) };
        var attempts = await RowsAsync(tables.Runs, query, RunRows.Columns, cancellation);
        var slices = await RowsAsync(tables.Usage, query, SliceRows.Columns, cancellation);
        var found = attempts.Select(group => group.Key).Union(slices.Select(group => group.Key)).ToList();
        var headOf = await heads.FindAsync(found, cancellation);
        var inOrder = headOf.Values
            .OrderBy(head => head.Host, StringComparer.Ordinal)
            .ThenBy(head => head.RunId);
        foreach (var head in inOrder)
        {
            var key = (head.Host, head.RunId);
            var runs = RunRowSet.Assemble(head, attempts[key], slices[key])
                ?? await reader.ReadRunAsync(head.Host, head.RunId, cancellation);
            foreach (var run in runs.Where(run => IsIn(run, from, to)))
                yield return run;
        }
    }

    // Slices and the start decide, not where an attempt that has neither happens to lie.
    private static bool IsIn(LedgerRun run, DateOnly? from, DateOnly? to)
    {
        if (from is null && to is null)
            return true;
        var days = run.Slices.Select(slice => slice.Day);
        if (RunRows.StartedDay(run) is { } started)
            days = days.Append(started);
        return days.Any(day => (from is null || day >= from) && (to is null || day < to));
    }

    private static async Task<ILookup<(string Host, long RunId), TableEntity>> RowsAsync(
        TableClient table, TableQuery query, TableColumns columns, CancellationToken cancellation)
    {
        var rows = await table.QueryAsync(query, columns, cancellation).ToListAsync(cancellation);
        return rows.ToLookup(row => RunRows.KeyFromRow(row) is var key ? (key.Host, key.RunId) : default);
    }
}
