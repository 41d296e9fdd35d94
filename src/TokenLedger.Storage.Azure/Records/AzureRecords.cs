using System.Runtime.CompilerServices;
using Azure;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Records;

/// <summary>Record tables as tables of the account.</summary>
public sealed class AzureRecords : IRecords
{
    private readonly Dictionary<string, (TableClient Client, RecordEntity Entity)> tables;

    internal AzureRecords(Func<string, TableClient> clientOf, IReadOnlyList<RecordTable> tables) =>
        this.tables = tables.ToDictionary(
            table => table.Name, table => (clientOf(table.Name), new RecordEntity(table)), StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<StoredRecord?> FindAsync(
        RecordTable table, string partitionKey, string rowKey, CancellationToken cancellation)
    {
        var (client, entity) = Of(table);
        var row = await client.GetAsync(
            TableKey.Encode(partitionKey), TableKey.Encode(rowKey), entity.Columns, cancellation);
        return row.IsDone ? entity.Read(row.Value) : null;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadAsync(
        RecordTable table, string? from, string? to, CancellationToken cancellation) => ReadAsync(
        table, new TableQuery { Filter = Between(from, to), WithETags = true },
        record => (from is null || string.CompareOrdinal(record.Row.PartitionKey, from) >= 0)
            && (to is null || string.CompareOrdinal(record.Row.PartitionKey, to) < 0),
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadPartitionAsync(
        RecordTable table, string partitionKey, CancellationToken cancellation) => ReadAsync(
        table, new TableQuery { Filter = TableFilter.Partition(TableKey.Encode(partitionKey)), WithETags = true },
        _ => true, cancellation);

    /// <inheritdoc/>
    public async Task PutAsync(IReadOnlyList<RecordRow> rows, CancellationToken cancellation)
    {
        // The last of two rows with one key counts, and a batch takes each key once.
        foreach (var group in rows.GroupBy(row => row.Table.Name, StringComparer.Ordinal))
        {
            var (client, entity) = Of(group.First().Table);
            var entities = group
                .GroupBy(row => (row.PartitionKey, row.RowKey))
                .Select(same => same.Last())
                .GroupBy(row => row.PartitionKey, StringComparer.Ordinal)
                .SelectMany(partition => partition.Select(entity.Of));
            await new RowBatches(client).UpsertAsync(entities, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> ReplaceAsync(RecordRow row, string? version, CancellationToken cancellation)
    {
        var (client, entity) = Of(row.Table);
        var written = version is null
            ? await client.InsertAsync(entity.Of(row), cancellation)
            : await client.ReplaceAsync(entity.Of(row), new ETag(version), cancellation);
        if (written.IsDone)
            return written.Value.ToString("H");
        return written.Outcome is StorageOutcome.AlreadyExists or StorageOutcome.ConditionNotMet
            || (written.Outcome == StorageOutcome.NotFound && version is not null)
            ? null : throw Unusable(client, written.Outcome);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(
        RecordTable table, string partitionKey, string rowKey, string version, CancellationToken cancellation)
    {
        var (client, _) = Of(table);
        var outcome = await client.DeleteAsync(
            TableKey.Encode(partitionKey), TableKey.Encode(rowKey), new ETag(version), cancellation);
        return outcome switch
        {
            StorageOutcome.Done or StorageOutcome.NotFound => true,
            StorageOutcome.ConditionNotMet => false,
            _ => throw Unusable(client, outcome),
        };
    }

    private async IAsyncEnumerable<StoredRecord> ReadAsync(
        RecordTable table, TableQuery query, Predicate<StoredRecord> isWanted,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (client, entity) = Of(table);
        // Encoded keys have another order.
        var records = await client.QueryAsync(query, entity.Columns, cancellation)
            .Select(entity.Read)
            .Where(record => isWanted(record))
            .ToListAsync(cancellation);
        foreach (var record in records
            .OrderBy(record => record.Row.PartitionKey, StringComparer.Ordinal)
            .ThenBy(record => record.Row.RowKey, StringComparer.Ordinal))
            yield return record;
    }

    // A bound is cut at its first sign that a key spells otherwise: what the service gives too much is left out.
    private static TableFilter? Between(string? from, string? to)
    {
        var lower = from is null ? null : TableFilter.GreaterOrEqual("PartitionKey", PlainBeginning(from));
        var upper = to is null ? null
            : PlainBeginning(to) is var plain && plain.Length == to.Length ? TableFilter.Less("PartitionKey", to)
            : plain.Length == 0 ? null
            : TableFilter.Less("PartitionKey", plain[..^1] + (char)(plain[^1] + 1));
        return (lower, upper) switch
        {
            (null, _) => upper,
            (_, null) => lower,
            _ => lower.And(upper),
        };
    }

    private static string PlainBeginning(string bound) =>
        new([.. bound.TakeWhile(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')]);

    private (TableClient Client, RecordEntity Entity) Of(RecordTable table) =>
        tables.TryGetValue(table.Name, out var found)
            ? found
            : throw new ArgumentException($"{table.Name} is no table of this ledger.", nameof(table));

    private static LedgerUnusableException Unusable(TableClient client, StorageOutcome outcome) =>
        new($"Table {client.Name} answered {outcome}: start the program again.");
}
