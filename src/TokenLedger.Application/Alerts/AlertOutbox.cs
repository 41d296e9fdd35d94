using System.Runtime.CompilerServices;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Application.Alerts;

/// <summary>The rows of what is told, over the record tables.</summary>
internal sealed class AlertOutbox(IRecords records)
{
    // What waits for longer was forgotten by everybody.
    private const int DaysBack = 92;

    // Only somebody who acknowledges at the same moment is in the way.
    private const int TriesMax = 10;

    /// <summary>Rows of the last three months and later.</summary>
    public async IAsyncEnumerable<OutboxRow> ReadRecentAsync(
        DateOnly today, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = OutboxTable.MonthOf(today.AddDays(-DaysBack));
        await foreach (var stored in records.ReadAsync(OutboxTable.Table, from, null, cancellation))
        {
            if (OutboxTable.Read(stored) is { } row)
                yield return row;
        }
    }

    /// <summary>The rows of a group, of every channel.</summary>
    public async Task<List<OutboxRow>> ReadGroupAsync(string partition, CancellationToken cancellation)
    {
        var found = new List<OutboxRow>();
        await foreach (var stored in records.ReadPartitionAsync(OutboxTable.Table, partition, cancellation))
        {
            if (OutboxTable.Read(stored) is { } row)
                found.Add(row);
        }

        return found;
    }

    /// <summary>Stores a row unless another than the version that was read is there.</summary>
    /// <returns>The row as it is stored; null when another is there.</returns>
    public async Task<OutboxRow?> ReplaceAsync(OutboxRow row, CancellationToken cancellation) =>
        await records.ReplaceAsync(OutboxTable.RowOf(row), row.Version, cancellation) is { } version
            ? row with { Version = version }
            : null;

    /// <summary>Changes a row whatever has become of it meanwhile.</summary>
    public async Task<OutboxRow> ChangeAsync(
        OutboxRow row, Func<OutboxRow, OutboxRow> change, CancellationToken cancellation)
    {
        var key = OutboxTable.RowOf(row);
        for (var tries = 0; tries < TriesMax; tries++)
        {
            if (await ReplaceAsync(change(row), cancellation) is { } changed)
                return changed;
            var stored = await records.FindAsync(key.Table, key.PartitionKey, key.RowKey, cancellation);
            row = (stored is null ? null : OutboxTable.Read(stored))
                ?? throw new InvalidOperationException("A row of the outbox was taken away.");
        }

        throw new InvalidOperationException("A row of the outbox changes all the time.");
    }

    /// <summary>Takes the right to send a group by a channel; null when another has it.</summary>
    public async Task<StoredRecord?> TakeLeaseAsync(
        string partition, string channel, DateTimeOffset now, TimeSpan length, CancellationToken cancellation)
    {
        var lease = OutboxTable.LeaseOf(partition, channel, now + length);
        var held = await records.FindAsync(lease.Table, partition, lease.RowKey, cancellation);
        if (held?.Row.Time("nexttryat") > now)
            return null;
        return await records.ReplaceAsync(lease, held?.Version, cancellation) is { } version
            ? new StoredRecord(lease, version)
            : null;
    }

    /// <summary>Gives it back; one that another took over meanwhile is left alone.</summary>
    public Task ReturnLeaseAsync(StoredRecord lease, string channel, CancellationToken cancellation) =>
        records.ReplaceAsync(
            OutboxTable.LeaseOf(lease.Row.PartitionKey, channel, until: null), lease.Version, cancellation);
}
