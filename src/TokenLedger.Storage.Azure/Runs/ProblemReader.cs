using System.Runtime.CompilerServices;
using TokenLedger.Ingestion;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Reads the rejected lines that the heads of runs and bills count.</summary>
internal sealed class ProblemReader(RunTables tables)
{
    // Each turn that is lost means that the run was stored anew in the milliseconds between.
    private const int TurnsMax = 10;

    private readonly RunHeads heads = new(tables.Index);

    public async IAsyncEnumerable<InputProblem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = await tables.Rejected.QueryAsync(new TableQuery(), ProblemRows.Columns, cancellation)
            .ToListAsync(cancellation);
        var counted = OfBills(rows).Concat(await OfRunsAsync(rows, cancellation));
        var inOrder = counted
            .Select(ProblemRows.FromRow)
            .OrderBy(problem => problem.Source, StringComparer.Ordinal)
            .ThenBy(problem => problem.Line ?? 0);
        foreach (var problem in inOrder)
            yield return problem;
    }

    private static IEnumerable<TableEntity> OfBills(List<TableEntity> rows)
    {
        var generationOf = rows
            .Where(row => row.RowKey is BillProblems.HeadKey)
            .ToDictionary(row => row.PartitionKey, row => row.KnownText("generation"), StringComparer.Ordinal);
        return rows.Where(row => row.Text("host") is null
            && generationOf.TryGetValue(row.PartitionKey, out var generation)
            && Generation.IsOf(row, generation));
    }

    private async Task<List<TableEntity>> OfRunsAsync(List<TableEntity> rows, CancellationToken cancellation)
    {
        var rowsOf = rows
            .Where(row => row.Text("host") is not null)
            .ToLookup(row => (row.KnownText("host"), row.KnownInt64("runid")));
        var counted = new List<TableEntity>();
        foreach (var (run, head) in await heads.FindAsync(rowsOf.Select(group => group.Key), cancellation))
        {
            var own = rowsOf[run].Where(row => Generation.IsOf(row, head.Generation)).ToList();
            counted.AddRange(own.Count == head.Problems ? own : await AgainAsync(head, cancellation));
        }

        return counted;
    }

    // The run was stored between the walk over the rows and the look at its head.
    private async Task<List<TableEntity>> AgainAsync(RunHead head, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        for (var turn = 0; turn < TurnsMax && rows.Count != head.Problems; turn++)
        {
            head = await heads.FindAsync(head.Host, head.RunId, cancellation) ?? head;
            var query = new TableQuery
            {
                Filter = Generation.Rows(RunKeys.Day(head.HomeDay, head.Host, head.RunId), head.Generation),
            };
            rows = await tables.Rejected.QueryAsync(query, ProblemRows.Columns, cancellation).ToListAsync(cancellation);
        }

        return rows;
    }
}
