using Azure;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>Changes of one table in as few batches as the service allows, in the given order.</summary>
internal sealed class RowBatches(TableClient table)
{
    // Under the service's 4 MiB with room for what a batch writes around each row.
    private const int BytesMax = 3 * 1_048_576;

    private const int BytesAroundRow = 2_048;

    private static readonly TableColumns NoColumns = [];

    /// <summary>Inserts rows, or replaces what is there.</summary>
    public async Task UpsertAsync(IEnumerable<TableEntity> rows, CancellationToken cancellation)
    {
        foreach (var batch in Split(rows))
            Demand((await table.SubmitAsync(batch, cancellation)).Outcome);
    }

    /// <summary>The batches of rows that are inserted or replaced.</summary>
    public static IEnumerable<TableBatch> Split(IEnumerable<TableEntity> rows)
    {
        TableBatch? batch = null;
        var bytes = 0L;
        foreach (var row in rows)
        {
            var rowBytes = TableEntityJson.Write(row).Length + BytesAroundRow;
            if (batch is null || batch.Count == TableLimits.BatchOperationsMax || bytes + rowBytes > BytesMax
                || !string.Equals(batch.PartitionKey, row.PartitionKey, StringComparison.Ordinal))
            {
                if (batch is not null)
                    yield return batch;
                batch = new TableBatch(row.PartitionKey);
                bytes = 0;
            }

            batch.UpsertReplace(row);
            bytes += rowBytes;
        }

        if (batch is not null)
            yield return batch;
    }

    /// <summary>Deletes rows of a partition; those that somebody else has deleted are none the less gone.</summary>
    public async Task DeleteAsync(string partitionKey, IEnumerable<string> rowKeys, CancellationToken cancellation)
    {
        foreach (var keys in rowKeys.Chunk(TableLimits.BatchOperationsMax))
        {
            var batch = new TableBatch(partitionKey);
            foreach (var key in keys)
                batch.Delete(key, ETag.All);
            if ((await table.SubmitAsync(batch, cancellation)).Outcome == StorageOutcome.Done)
                continue;
            foreach (var key in keys)
                await table.DeleteAsync(partitionKey, key, ETag.All, cancellation);
        }
    }

    /// <summary>Deletes what earlier writes left in a partition besides the generation that counts.</summary>
    public async Task SweepAsync(string partitionKey, long revision, string generation, CancellationToken cancellation)
    {
        var query = new TableQuery { Filter = Generation.UpTo(partitionKey, revision), Select = [] };
        var dead = await table.QueryAsync(query, NoColumns, cancellation)
            .Where(row => !Generation.IsOf(row, generation))
            .Select(row => row.RowKey)
            .ToListAsync(cancellation);
        await DeleteAsync(partitionKey, dead, cancellation);
    }

    /// <exception cref="LedgerUnusableException">The table is not there.</exception>
    public void Demand(StorageOutcome outcome)
    {
        if (outcome != StorageOutcome.Done)
            throw new LedgerUnusableException($"Table {table.Name} answered {outcome}: start the program again.");
    }
}
