using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Testing.InMemory;

/// <summary>Record tables in memory, in the ordinal order that the port promises.</summary>
public sealed class InMemoryRecords(KillSwitch? kill = null) : IRecords
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Table, string Partition, string Row), StoredRecord> rows = [];
    private long versions;

    /// <inheritdoc/>
    public Task<StoredRecord?> FindAsync(
        RecordTable table, string partitionKey, string rowKey, CancellationToken cancellation)
    {
        Enter(cancellation);
        lock (gate)
            return Task.FromResult(rows.GetValueOrDefault((table.Name, partitionKey, rowKey)));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadAsync(
        RecordTable table, string? from, string? to, CancellationToken cancellation) =>
        Where(table, key => (from is null || string.CompareOrdinal(key, from) >= 0)
            && (to is null || string.CompareOrdinal(key, to) < 0), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadPartitionAsync(
        RecordTable table, string partitionKey, CancellationToken cancellation) =>
        Where(table, key => string.Equals(key, partitionKey, StringComparison.Ordinal), cancellation);

    /// <inheritdoc/>
    public Task PutAsync(IReadOnlyList<RecordRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            Enter(cancellation);
            lock (gate)
                Store(row);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> ReplaceAsync(RecordRow row, string? version, CancellationToken cancellation)
    {
        Enter(cancellation);
        lock (gate)
        {
            var known = rows.GetValueOrDefault((row.Table.Name, row.PartitionKey, row.RowKey));
            return Task.FromResult(
                string.Equals(known?.Version, version, StringComparison.Ordinal) ? Store(row) : null);
        }
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(
        RecordTable table, string partitionKey, string rowKey, string version, CancellationToken cancellation)
    {
        Enter(cancellation);
        lock (gate)
        {
            var key = (table.Name, partitionKey, rowKey);
            if (rows.GetValueOrDefault(key) is { } known
                && !string.Equals(known.Version, version, StringComparison.Ordinal))
                return Task.FromResult(false);
            rows.Remove(key);
            return Task.FromResult(true);
        }
    }

    private IAsyncEnumerable<StoredRecord> Where(
        RecordTable table, Predicate<string> isWanted, CancellationToken cancellation)
    {
        Enter(cancellation);
        lock (gate)
        {
            return rows
                .Where(pair => string.Equals(pair.Key.Table, table.Name, StringComparison.Ordinal)
                    && isWanted(pair.Key.Partition))
                .OrderBy(pair => pair.Key.Partition, StringComparer.Ordinal)
                .ThenBy(pair => pair.Key.Row, StringComparer.Ordinal)
                .Select(pair => pair.Value)
                .ToList()
                .ToAsyncEnumerable();
        }
    }

    private string Store(RecordRow row)
    {
        var version = (++versions).ToString(CultureInfo.InvariantCulture);
        rows[(row.Table.Name, row.PartitionKey, row.RowKey)] = new StoredRecord(row, version);
        return version;
    }

    private void Enter(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
    }
}
