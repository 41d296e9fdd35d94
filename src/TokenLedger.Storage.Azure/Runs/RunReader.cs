using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Reads the rows of a run that its head counts.</summary>
/// <remarks>
/// A store in between may sweep the rows of the head that was read; fewer rows than it counts tell so, and the newer
/// head is read instead.
/// </remarks>
internal sealed class RunReader(RunTables tables)
{
    // Each turn that is lost means that the run was stored anew in the milliseconds between.
    private const int TurnsMax = 10;

    private readonly RunHeads heads = new(tables.Index);

    public async Task<StoredRun?> FindAsync(string host, long runId, CancellationToken cancellation)
    {
        var head = await heads.FindAsync(host, runId, cancellation);
        tables.Remembered.Set((host, runId), head);
        return head?.ToStored();
    }

    public async Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation)
    {
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var head = await heads.FindAsync(host, runId, cancellation);
            if (head is null)
                return [];
            var attempts = await RowsAsync(tables.Runs, RunRows.Columns, head, head.RunDays, cancellation);
            var slices = await RowsAsync(tables.Usage, SliceRows.Columns, head, head.UsageDays, cancellation);
            if (RunRowSet.Assemble(head, attempts, slices) is { } whole)
                return whole;
        }

        throw new LedgerUnusableException(string.Create(
            CultureInfo.InvariantCulture,
            $"The rows of run {runId} on {host} are not those that its head counts: ingest the run again."));
    }

    private static async Task<List<TableEntity>> RowsAsync(
        TableClient table, TableColumns columns, RunHead head, IReadOnlyList<DateOnly> days,
        CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        foreach (var day in days)
        {
            var filter = Generation.Rows(RunKeys.Day(day, head.Host, head.RunId), head.Generation);
            await foreach (var row in table.QueryAsync(new TableQuery { Filter = filter }, columns, cancellation))
                rows.Add(row);
        }

        return rows;
    }
}
