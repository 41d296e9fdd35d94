using Azure;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>
/// What could not be read of a raw bill, as rows of <c>rejectedlines</c> beside a head that says which of them count.
/// </summary>
internal sealed class BillProblems(TableClient table)
{
    public const string HeadKey = "head";

    private const int TurnsMax = 10;

    private static readonly TableColumns HeadColumns = new()
    {
        { "generation", TableColumnKind.Text }, { "revision", TableColumnKind.Int64 },
    };

    public async Task StoreAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation)
    {
        var partition = TableKey.Join("bill", rawFile);
        var rows = new RowBatches(table);
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var head = await table.GetAsync(partition, HeadKey, HeadColumns, cancellation);
            var before = head.ValueOrDefault;
            if (before is null && problems.Count == 0)
                return;
            var revision = (before?.Int64("revision") ?? 0) + 1;
            var generation = Generation.Of(revision, "", empty => Rows(0, empty));
            if (before is not null && IsSame(before.KnownText("generation"), generation))
                return;
            await rows.UpsertAsync(Rows(revision, generation), cancellation);
            var next = new LedgerRow(partition, HeadKey)
                .Add("origin", "bill:" + rawFile)
                .Add("generation", generation)
                .Add("revision", revision)
                .ToEntity();
            var stored = before is null
                ? await table.InsertAsync(next, cancellation)
                : await table.ReplaceAsync(next, before.ETag ?? ETag.All, cancellation);
            if (!stored.IsDone)
                continue;
            if (before is not null)
                await SweepAsync(rows, partition, revision, generation, cancellation);
            return;
        }

        throw new LedgerUnusableException(
            $"The problems of {rawFile} were changed by other processes {TurnsMax} times in a row: import it again.");

        IEnumerable<TableEntity> Rows(long revision, string generation) => problems.Select((problem, number) =>
            ProblemRows.OfBill(problem, number, partition, rawFile, revision, generation));
    }

    private static async Task SweepAsync(
        RowBatches rows, string partition, long revision, string generation, CancellationToken cancellation)
    {
        try
        {
            await rows.SweepAsync(partition, revision, generation, cancellation);
        }
        catch (Exception failure) when (failure is StorageFailureException or OperationCanceledException)
        {
            return; // Nobody reads them; the next store sweeps.
        }
    }

    // The digest alone tells the content; the revision before it differs by one.
    private static bool IsSame(string before, string next) => string.Equals(
        before[before.IndexOf('-', StringComparison.Ordinal)..], next[next.IndexOf('-', StringComparison.Ordinal)..],
        StringComparison.Ordinal);
}
