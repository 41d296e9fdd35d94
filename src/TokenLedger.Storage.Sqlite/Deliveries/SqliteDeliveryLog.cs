using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite.Deliveries;

/// <summary>Deliveries that were dealt with, as rows of <c>deliveries</c>.</summary>
public sealed class SqliteDeliveryLog : IDeliveryLog
{
    // GitHub redelivers what is at most 3 days old, GitHub Enterprise Server 7, and older documentation says 30
    // ("Redelivering webhooks", 2026-11). A delivery that came again later would do its work again, which is harmless.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    // More than a claim adds, so that the table shrinks to what is kept; few enough that no claim is slow.
    private const int ForgottenMax = 100;

    private readonly LedgerFile file;
    private readonly Action? beforeWrite;

    /// <summary>The deliveries of the ledger at a path.</summary>
    public SqliteDeliveryLog(string path)
        : this(path, beforeWrite: null)
    {
    }

    internal SqliteDeliveryLog(string path, Action? beforeWrite)
    {
        file = new LedgerFile(path);
        this.beforeWrite = beforeWrite;
    }

    /// <inheritdoc/>
    public Task<bool> IsClaimedAsync(string deliveryId, CancellationToken cancellation) => file.UseAsync(
        async connection =>
        {
            using var ask = connection.Statement(
                "SELECT EXISTS (SELECT 1 FROM deliveries WHERE delivery = $delivery)", ("$delivery", deliveryId));
            return await ask.ExecuteScalarAsync(cancellation) is 1L;
        },
        cancellation);

    /// <inheritdoc/>
    public Task ClaimAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellation) => file.UseAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            connection.Write(
                beforeWrite,
                "INSERT INTO deliveries (delivery, claimedat) VALUES ($delivery, $at) ON CONFLICT DO NOTHING",
                ("$delivery", deliveryId), ("$at", Columns.Text(at)));
            connection.Write(
                beforeWrite,
                "DELETE FROM deliveries WHERE delivery IN ("
                + "SELECT delivery FROM deliveries WHERE claimedat < $oldest ORDER BY claimedat LIMIT $max)",
                ("$oldest", Columns.Text(at - KeptFor)), ("$max", ForgottenMax));
            beforeWrite?.Invoke();
            transaction.Commit();
            return Task.FromResult(true);
        },
        cancellation);
}
