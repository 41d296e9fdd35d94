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
        var attempts = await RowsAsync(
            tables.Runs, RunKeys.PeriodAndEvening(from, to), RunRows.Columns, cancellation);
        var slices = await RowsAsync(tables.Usage, RunKeys.Period(from, to), SliceRows.Columns, cancellation);
        var found = attempts.Select(group => group.Key).Union(slices.Select(group => group.Key)).ToList();
        var headOf = await heads.FindAsync(found, cancellation);
        var inOrder = headOf.Values
            .OrderBy(head => head.Host, StringComparer.Ordinal)
            .ThenBy(head => head.RunId);
        foreach (var head in inOrder)
        {
            var key = (head.Host, head.RunId);
            if (IsOver(head, from))
                continue;
            var runs = RunRowSet.Assemble(head, attempts[key], slices[key])
                ?? await reader.ReadRunAsync(head.Host, head.RunId, cancellation);
            foreach (var run in runs.Where(run => IsWanted(run, from, to)))
                yield return run;
        }
    }

    // Slices and the start decide, not where an attempt that has neither happens to lie.
    private static bool IsWanted(LedgerRun run, DateOnly? from, DateOnly? to) => run.IsIn(from, to)
        || (!run.HasTelemetry && from is { } first && UnseenUsage.NextDayAtMostOf(run.Facts) == first);

    // One attempt with slices, all of them earlier: it was found for its start in the evening before.
    private static bool IsOver(RunHead head, DateOnly? from) =>
        head is { Attempts: 1, Slices: > 0 } && head.RunDays.Concat(head.UsageDays).All(day => day < from);

    private static async Task<ILookup<(string Host, long RunId), TableEntity>> RowsAsync(
        TableClient table, TableFilter? filter, TableColumns columns, CancellationToken cancellation)
    {
        var query = new TableQuery { Filter = filter };
        var rows = await table.QueryAsync(query, columns, cancellation).ToListAsync(cancellation);
        return rows.ToLookup(row => RunRows.KeyFromRow(row) is var key ? (key.Host, key.RunId) : default);
    }
}
