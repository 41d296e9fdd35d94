using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Storage.Sqlite.Records;

/// <summary>
/// Record tables as tables of the ledger's file, made where they are missing when they are first used.
/// </summary>
public sealed class SqliteRecords : IRecords
{
    // Random, so that no version of a row comes again, also of one that was removed and made anew.
    private const int VersionBytes = 16;

    private readonly LedgerFile file;
    private readonly Action? beforeWrite;
    private readonly Dictionary<string, RecordSql> tables;
    private volatile bool isMade;

    /// <summary>The records of the ledger at a path.</summary>
    public SqliteRecords(string path)
        : this(path, beforeWrite: null, RecordTables.All)
    {
    }

    internal SqliteRecords(string path, Action? beforeWrite, IReadOnlyList<RecordTable> tables)
    {
        file = new LedgerFile(path);
        this.beforeWrite = beforeWrite;
        this.tables = tables.ToDictionary(table => table.Name, table => new RecordSql(table), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Task<StoredRecord?> FindAsync(
        RecordTable table, string partitionKey, string rowKey, CancellationToken cancellation) => UseAsync(
        async connection => await connection
            .Statement(
                SqlOf(table).Select + "WHERE partitionkey = $partitionkey AND rowkey = $rowkey",
                ("$partitionkey", partitionKey), ("$rowkey", rowKey))
            .RowsAsync(SqlOf(table).Read, cancellation)
            .FirstOrDefaultAsync(cancellation),
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadAsync(
        RecordTable table, string? from, string? to, CancellationToken cancellation) => ReadAsync(
        table,
        connection => connection.Statement(
            SqlOf(table).Select + "WHERE partitionkey >= $from AND ($to IS NULL OR partitionkey < $to) "
            + "ORDER BY partitionkey",
            ("$from", from ?? ""), ("$to", to)),
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadPartitionAsync(
        RecordTable table, string partitionKey, CancellationToken cancellation) => ReadAsync(
        table,
        connection => connection.Statement(
            SqlOf(table).Select + "WHERE partitionkey = $partitionkey", ("$partitionkey", partitionKey)),
        cancellation);

    /// <inheritdoc/>
    public Task PutAsync(IReadOnlyList<RecordRow> rows, CancellationToken cancellation) => rows.Count == 0
        ? Task.CompletedTask
        : UseAsync(
            async connection =>
            {
                await using var transaction = connection.BeginTransaction(deferred: false);
                foreach (var row in rows)
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var command = SqlOf(row.Table).Bind(
                        connection, SqlOf(row.Table).Upsert, row, NewVersion());
                    command.Transaction = transaction;
                    beforeWrite?.Invoke();
                    command.ExecuteNonQuery();
                }

                await transaction.CommitAsync(CancellationToken.None);
                return true;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<string?> ReplaceAsync(RecordRow row, string? version, CancellationToken cancellation) => UseAsync(
        connection =>
        {
            var sql = SqlOf(row.Table);
            var next = NewVersion();
            using var command = version is null
                ? sql.Bind(connection, sql.Insert + "ON CONFLICT (partitionkey, rowkey) DO NOTHING", row, next)
                : sql.Bind(connection, sql.Update, row, next);
            if (version is not null)
                command.Parameters.AddWithValue("$expected", version);
            beforeWrite?.Invoke();
            return Task.FromResult(command.ExecuteNonQuery() == 1 ? next : null);
        },
        cancellation);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(
        RecordTable table, string partitionKey, string rowKey, string version, CancellationToken cancellation) =>
        UseAsync(
            async connection =>
            {
                _ = SqlOf(table);
                var removed = connection.Write(
                    beforeWrite,
                    $"DELETE FROM \"{table.Name}\" "
                    + "WHERE partitionkey = $partitionkey AND rowkey = $rowkey AND version = $version",
                    ("$partitionkey", partitionKey), ("$rowkey", rowKey), ("$version", version));
                return removed == 1 || await FindAsync(table, partitionKey, rowKey, cancellation) is null;
            },
            cancellation);

    private async IAsyncEnumerable<StoredRecord> ReadAsync(
        RecordTable table, Func<SqliteConnection, SqliteCommand> statement,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        EnsureTables(connection);
        // SQLite compares UTF-8, an ordinal comparison UTF-16: they differ beyond the basic plane. A partition at a
        // time, because a month of a large organisation has a hundred thousand rows.
        var partition = new List<StoredRecord>();
        await foreach (var record in statement(connection).RowsAsync(SqlOf(table).Read, cancellation))
        {
            if (partition.Count > 0
                && !string.Equals(partition[0].Row.PartitionKey, record.Row.PartitionKey, StringComparison.Ordinal))
            {
                foreach (var stored in Ordered(partition))
                    yield return stored;
                partition.Clear();
            }

            partition.Add(record);
        }

        foreach (var stored in Ordered(partition))
            yield return stored;
    }

    private static IEnumerable<StoredRecord> Ordered(List<StoredRecord> partition) =>
        partition.OrderBy(record => record.Row.RowKey, StringComparer.Ordinal);

    private Task<T> UseAsync<T>(Func<SqliteConnection, Task<T>> use, CancellationToken cancellation) => file.UseAsync(
        connection =>
        {
            EnsureTables(connection);
            return use(connection);
        },
        cancellation);

    // Whoever only reads takes no writer's turn, unless something is missing.
    private void EnsureTables(SqliteConnection connection)
    {
        if (isMade || !tables.Values.SelectMany(table => table.Missing(connection, null)).Any())
        {
            isMade = true;
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var statement in tables.Values.SelectMany(table => table.Missing(connection, transaction)).ToList())
        {
            using var command = connection.Statement(statement);
            command.Transaction = transaction;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        isMade = true;
    }

    private RecordSql SqlOf(RecordTable table) => tables.TryGetValue(table.Name, out var sql)
        ? sql
        : throw new ArgumentException($"{table.Name} is no table of this ledger.", nameof(table));

    private static string NewVersion() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(VersionBytes));
}
