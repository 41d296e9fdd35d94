using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Application.Tests.Budgets;

/// <summary>Tables that somebody else works on, once, before a call.</summary>
internal sealed class InterleavedRecords(IRecords records, int before, Func<Task> meanwhile) : IRecords
{
    public int Calls { get; private set; }

    public async Task<StoredRecord?> FindAsync(
        RecordTable table, string partitionKey, string rowKey, CancellationToken cancellation)
    {
        await EnterAsync();
        return await records.FindAsync(table, partitionKey, rowKey, cancellation);
    }

    public async IAsyncEnumerable<StoredRecord> ReadAsync(
        RecordTable table, string? from, string? to,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await EnterAsync();
        await foreach (var row in records.ReadAsync(table, from, to, cancellation))
            yield return row;
    }

    public async IAsyncEnumerable<StoredRecord> ReadPartitionAsync(
        RecordTable table, string partitionKey,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await EnterAsync();
        await foreach (var row in records.ReadPartitionAsync(table, partitionKey, cancellation))
            yield return row;
    }

    public async Task PutAsync(IReadOnlyList<RecordRow> rows, CancellationToken cancellation)
    {
        await EnterAsync();
        await records.PutAsync(rows, cancellation);
    }

    public async Task<string?> ReplaceAsync(RecordRow row, string? version, CancellationToken cancellation)
    {
        await EnterAsync();
        return await records.ReplaceAsync(row, version, cancellation);
    }

    public async Task<bool> RemoveAsync(
        RecordTable table, string partitionKey, string rowKey, string version, CancellationToken cancellation)
    {
        await EnterAsync();
        return await records.RemoveAsync(table, partitionKey, rowKey, version, cancellation);
    }

    private async Task EnterAsync()
    {
        if (Calls++ == before)
            await meanwhile();
    }
}
