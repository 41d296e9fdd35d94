using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Application.Budgets;

/// <summary>
/// Rows as they were read, and those put since: each put is of the version that was read, so that a writer who has seen
/// less than another is refused.
/// </summary>
internal sealed class RecordBook(IRecords records)
{
    private readonly Dictionary<(string Partition, string Row), StoredRecord> known = [];

    /// <summary>The rows that were read or put.</summary>
    public IEnumerable<RecordRow> Rows => known.Values.Select(stored => stored.Row);

    /// <summary>Reads rows.</summary>
    public async Task ReadAsync(IAsyncEnumerable<StoredRecord> rows, CancellationToken cancellation)
    {
        await foreach (var stored in rows.WithCancellation(cancellation))
            Keep(stored);
    }

    /// <summary>Reads one row.</summary>
    public async Task ReadAsync(
        RecordTable table, string partitionKey, string rowKey, CancellationToken cancellation)
    {
        if (await records.FindAsync(table, partitionKey, rowKey, cancellation) is { } stored)
            Keep(stored);
    }

    /// <summary>The row; null when it was not there.</summary>
    public RecordRow? Find(string partitionKey, string rowKey) =>
        known.GetValueOrDefault((partitionKey, rowKey))?.Row;

    /// <summary>Whether the row has a text in a column.</summary>
    public bool Has(string partitionKey, string rowKey, string column, string text) =>
        string.Equals(Find(partitionKey, rowKey)?.Text(column), text, StringComparison.Ordinal);

    /// <summary>Puts a row in place of the version that was read.</summary>
    /// <returns>False when another version is there by now: nothing was written.</returns>
    public async Task<bool> PutAsync(RecordRow row, CancellationToken cancellation)
    {
        var version = known.GetValueOrDefault((row.PartitionKey, row.RowKey))?.Version;
        if (await records.ReplaceAsync(row, version, cancellation) is not { } put)
            return false;
        Keep(new StoredRecord(row, put));
        return true;
    }

    /// <summary>Removes a row of the version that was read.</summary>
    /// <returns>False when another version is there by now.</returns>
    public async Task<bool> RemoveAsync(RecordRow row, CancellationToken cancellation)
    {
        var stored = known[(row.PartitionKey, row.RowKey)];
        if (!await records.RemoveAsync(row.Table, row.PartitionKey, row.RowKey, stored.Version, cancellation))
            return false;
        known.Remove((row.PartitionKey, row.RowKey));
        return true;
    }

    private void Keep(StoredRecord stored) => known[(stored.Row.PartitionKey, stored.Row.RowKey)] = stored;
}
