using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite.Queues;

/// <summary>The queues in the ledger file, for any number of processes at once.</summary>
/// <remarks>
/// Each change of a message is one statement, and SQLite lets one process write at a time: so a message is handed to
/// one receiver. A poison queue is the same table under another queue name; nothing ever receives from it.
/// </remarks>
public sealed class SqliteWorkQueue : IWorkQueue, IWorkReceiver
{
    // What Azure's queue holds of Base64 text in its 64 KiB: a message that fits here fits there.
    private const int MessageBytesMax = 48 * 1024;

    // Azure's bound (Put Message, 2026-11).
    private static readonly TimeSpan DelayMax = TimeSpan.FromDays(7);

    // The receipt is the number of the handing out: whoever received the message since has raised it.
    private const string ReceiveSql = """
        UPDATE queuemessages
        SET dequeuecount = dequeuecount + 1, receipt = CAST(dequeuecount + 1 AS TEXT), visibleat = $hiddenuntil
        WHERE id = (
            SELECT id FROM queuemessages WHERE queue = $queue AND visibleat <= $now ORDER BY visibleat, id LIMIT 1)
        RETURNING queue, id, receipt, text, dequeuecount, enqueuedat
        """;

    private const string HeldByReceipt = "WHERE id = $id AND queue = $queue AND receipt = $receipt";

    private readonly LedgerFile file;
    private readonly TimeProvider time;
    private readonly Action? beforeWrite;

    /// <summary>The queues of the ledger at a path.</summary>
    public SqliteWorkQueue(string path, TimeProvider time)
        : this(path, time, beforeWrite: null)
    {
    }

    internal SqliteWorkQueue(string path, TimeProvider time, Action? beforeWrite)
    {
        file = new LedgerFile(path);
        this.time = time;
        this.beforeWrite = beforeWrite;
    }

    /// <inheritdoc/>
    public Task EnqueueAsync(LedgerMessage message, TimeSpan delay, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, DelayMax);
        var text = MessageFormat.Write(message, Activity.Current?.Id);
        if (Encoding.UTF8.GetByteCount(text) > MessageBytesMax)
            throw new ArgumentException($"A message is over {MessageBytesMax} bytes.", nameof(message));
        var now = time.GetUtcNow();
        return WriteAsync(
            "INSERT INTO queuemessages (queue, visibleat, text, dequeuecount, enqueuedat) "
            + "VALUES ($queue, $visibleat, $text, 0, $now)",
            [
                ("$queue", message.QueueName), ("$visibleat", Columns.Text(now + delay)), ("$text", text),
                ("$now", Columns.Text(now)),
            ],
            cancellation);
    }

    /// <inheritdoc/>
    public Task<ReceivedMessage?> ReceiveAsync(
        string queueName, TimeSpan visibilityTimeout, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibilityTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibilityTimeout, DelayMax);
        var now = time.GetUtcNow();
        return file.UseAsync<ReceivedMessage?>(
            async connection =>
            {
                // Asking first keeps an idle receiver from waiting for a long write of another process.
                if (!await HasVisibleAsync(connection, queueName, now, cancellation))
                    return null;
                using var receive = connection.Statement(
                    ReceiveSql, ("$queue", queueName), ("$now", Columns.Text(now)),
                    ("$hiddenuntil", Columns.Text(now + visibilityTimeout)));
                beforeWrite?.Invoke();
                using var row = await receive.ExecuteReaderAsync(cancellation);
                return await row.ReadAsync(cancellation) ? ReceivedFromRow(row) : null;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<ReceiptOutcome> CompleteAsync(ReceivedMessage message, CancellationToken cancellation) =>
        ChangeAsync("DELETE FROM queuemessages " + HeldByReceipt, message, time.GetUtcNow(), cancellation);

    /// <inheritdoc/>
    public Task<ReceiptOutcome> ReleaseAsync(
        ReceivedMessage message, TimeSpan delay, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, DelayMax);
        return ChangeAsync(
            "UPDATE queuemessages SET receipt = NULL, visibleat = $at " + HeldByReceipt, message,
            time.GetUtcNow() + delay, cancellation);
    }

    /// <inheritdoc/>
    public Task<ReceiptOutcome> MoveToPoisonAsync(ReceivedMessage message, CancellationToken cancellation) =>
        ChangeAsync(
            "UPDATE queuemessages SET queue = $poison, receipt = NULL, visibleat = $at, poisonedat = $at "
            + HeldByReceipt,
            message, time.GetUtcNow(), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueDepth>> ReadDepthsAsync(CancellationToken cancellation) => file.UseAsync(
        async connection =>
        {
            var now = time.GetUtcNow();
            using var statement = connection.Statement(
                "SELECT queue, count(*), min(enqueuedat) FROM queuemessages GROUP BY queue");
            var known = await statement
                .RowsAsync(row => DepthFromRow(row, now), cancellation)
                .ToDictionaryAsync(depth => depth.QueueName, StringComparer.Ordinal, cancellation);
            return (IReadOnlyList<QueueDepth>)[.. QueueNames.All
                .SelectMany(name => new[] { name, QueueNames.PoisonOf(name) })
                .Select(name => known.GetValueOrDefault(name) ?? new QueueDepth(name, 0, null))];
        },
        cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<PoisonMessage> ReadPoisonAsync(
        string queueName, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        var rows = connection
            .Statement(
                "SELECT id, text, dequeuecount, enqueuedat, poisonedat FROM queuemessages WHERE queue = $queue "
                + "ORDER BY poisonedat, id",
                ("$queue", QueueNames.PoisonOf(queueName)))
            .RowsAsync(
                row => new PoisonMessage(
                    queueName, row.GetString(0), row.GetString(1), row.GetInt64(2), row.Time(3), row.Time(4)),
                cancellation);
        await foreach (var message in rows)
            yield return message;
    }

    private static async Task<bool> HasVisibleAsync(
        SqliteConnection connection, string queueName, DateTimeOffset now, CancellationToken cancellation)
    {
        using var ask = connection.Statement(
            "SELECT EXISTS (SELECT 1 FROM queuemessages WHERE queue = $queue AND visibleat <= $now)",
            ("$queue", queueName), ("$now", Columns.Text(now)));
        return await ask.ExecuteScalarAsync(cancellation) is 1L;
    }

    private static ReceivedMessage ReceivedFromRow(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.Time(5));

    private static QueueDepth DepthFromRow(SqliteDataReader row, DateTimeOffset now)
    {
        var age = now - row.Time(2);
        // Another process's clock may be ahead of this one's.
        return new QueueDepth(row.GetString(0), row.GetInt64(1), age < TimeSpan.Zero ? TimeSpan.Zero : age);
    }

    private async Task<ReceiptOutcome> ChangeAsync(
        string sql, ReceivedMessage message, DateTimeOffset at, CancellationToken cancellation)
    {
        var changed = await WriteAsync(
            sql,
            [
                ("$id", message.MessageId), ("$queue", message.QueueName), ("$receipt", message.PopReceipt),
                ("$at", Columns.Text(at)), ("$poison", QueueNames.PoisonOf(message.QueueName)),
            ],
            cancellation);
        return changed == 1 ? ReceiptOutcome.Done : ReceiptOutcome.Stale;
    }

    private Task<int> WriteAsync(
        string sql, (string Name, object? Value)[] values, CancellationToken cancellation) => file.UseAsync(
        connection => Task.FromResult(connection.Write(beforeWrite, sql, values)), cancellation);
}
