using TokenLedger.Application.Records;

namespace TokenLedger.Application.Ports;

/// <summary>Rows of the tables that <see cref="RecordTables"/> lists.</summary>
/// <remarks>
/// Each row is written whole or not at all; several rows in one call are not one transaction. Writing the same row
/// again ends in the same row. Rows of two writers never mix.
/// </remarks>
public interface IRecords
{
    /// <summary>The row; null when there is none.</summary>
    Task<StoredRecord?> FindAsync(
        RecordTable table, string partitionKey, string rowKey, CancellationToken cancellation);

    /// <summary>Rows in ordinal order of partition key, then row key.</summary>
    /// <param name="table">The table.</param>
    /// <param name="from">The first partition key, inclusive; null for no bound.</param>
    /// <param name="to">The last partition key, exclusive; null for no bound.</param>
    /// <param name="cancellation">Ends the walk.</param>
    /// <remarks>
    /// Partition keys that are read by range begin with a part of fixed width, such as a month; bounds are such parts,
    /// of letters, digits, <c>-</c> and <c>|</c>.
    /// </remarks>
    IAsyncEnumerable<StoredRecord> ReadAsync(
        RecordTable table, string? from, string? to, CancellationToken cancellation);

    /// <summary>The rows of one partition, in ordinal order of their row keys.</summary>
    IAsyncEnumerable<StoredRecord> ReadPartitionAsync(
        RecordTable table, string partitionKey, CancellationToken cancellation);

    /// <summary>Puts rows in place of what is there, whatever it is.</summary>
    Task PutAsync(IReadOnlyList<RecordRow> rows, CancellationToken cancellation);

    /// <summary>Puts a row in place of the version that was read: compare-and-set.</summary>
    /// <param name="row">The row.</param>
    /// <param name="version">The version that was read; null when there must be no such row.</param>
    /// <param name="cancellation">Ends the call; the row may then be written or not.</param>
    /// <returns>
    /// The new version; null when another version is there. A repeated request that had been done already may say null
    /// too: read and judge again.
    /// </returns>
    Task<string?> ReplaceAsync(RecordRow row, string? version, CancellationToken cancellation);

    /// <summary>Removes a row unless its version is another by now.</summary>
    /// <returns>False when another version is there; true when it is gone, also when it was before.</returns>
    Task<bool> RemoveAsync(
        RecordTable table, string partitionKey, string rowKey, string version, CancellationToken cancellation);
}
