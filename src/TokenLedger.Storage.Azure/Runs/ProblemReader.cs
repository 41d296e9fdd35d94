using System.Runtime.CompilerServices;
using TokenLedger.Ingestion;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Reads the rejected lines that the heads of runs and bills count.</summary>
internal sealed class ProblemReader(RunTables tables)
{
    private readonly RunHeads heads = new(tables.Index);

    public async IAsyncEnumerable<InputProblem> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = await tables.Rejected.QueryAsync(new TableQuery(), ProblemRows.Columns, cancellation)
            .ToListAsync(cancellation);
        var ofBills = rows
            .Where(row => row.RowKey is BillProblems.HeadKey)
            .ToDictionary(row => row.PartitionKey, row => row.KnownText("generation"), StringComparer.Ordinal);
        var ofRuns = await heads.FindAsync(
            rows.Where(row => row.Text("host") is not null).Select(RunOf), cancellation);
        var counted = rows
            .Where(row => row.RowKey is not BillProblems.HeadKey)
            .Where(row => GenerationOf(row) is { } generation && Generation.IsOf(row, generation))
            .Select(ProblemRows.FromRow)
            .OrderBy(problem => problem.Source, StringComparer.Ordinal)
            .ThenBy(problem => problem.Line ?? 0);
        foreach (var problem in counted)
            yield return problem;

        string? GenerationOf(TableEntity row) => row.Text("host") is null
            ? ofBills.GetValueOrDefault(row.PartitionKey)
            : ofRuns.GetValueOrDefault(RunOf(row))?.Generation;
    }

    private static (string Host, long RunId) RunOf(TableEntity row) => (row.KnownText("host"), row.KnownInt64("runid"));
}
