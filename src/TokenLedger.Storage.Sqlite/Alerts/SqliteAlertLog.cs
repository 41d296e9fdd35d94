using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite.Alerts;

/// <summary>Alerts as rows of <c>alerts</c>.</summary>
public sealed class SqliteAlertLog : IAlertLog
{
    private const string Select = "SELECT kind, subject, message, firstat, lastat, count, isopen FROM alerts ";

    private readonly LedgerFile file;
    private readonly Action? beforeWrite;

    /// <summary>The alerts of the ledger at a path.</summary>
    public SqliteAlertLog(string path)
        : this(path, beforeWrite: null)
    {
    }

    internal SqliteAlertLog(string path, Action? beforeWrite)
    {
        file = new LedgerFile(path);
        this.beforeWrite = beforeWrite;
    }

    /// <inheritdoc/>
    public Task<Alert?> FindAsync(string kind, string subject, CancellationToken cancellation) => file.UseAsync(
        async connection => await connection
            .Statement(Select + "WHERE kind = $kind AND subject = $subject", ("$kind", kind), ("$subject", subject))
            .RowsAsync(FromRow, cancellation)
            .FirstOrDefaultAsync(cancellation),
        cancellation);

    /// <inheritdoc/>
    public Task StoreAsync(Alert alert, CancellationToken cancellation) => file.UseAsync(
        connection => Task.FromResult(connection.Write(
            beforeWrite,
            "INSERT OR REPLACE INTO alerts (kind, subject, message, firstat, lastat, count, isopen) "
            + "VALUES ($kind, $subject, $message, $firstat, $lastat, $count, $isopen)",
            ("$kind", alert.Kind), ("$subject", alert.Subject), ("$message", alert.Message),
            ("$firstat", Columns.Text(alert.FirstAt)), ("$lastat", Columns.Text(alert.LastAt)),
            ("$count", alert.Count), ("$isopen", alert.IsOpen ? 1 : 0))),
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<Alert> ReadAsync(CancellationToken cancellation) =>
        ReadAsync(connection => connection.Statement(Select), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<Alert> ReadAsync(string kind, CancellationToken cancellation) =>
        ReadAsync(connection => connection.Statement(Select + "WHERE kind = $kind", ("$kind", kind)), cancellation);

    private async IAsyncEnumerable<Alert> ReadAsync(
        Func<SqliteConnection, SqliteCommand> statement, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        var alerts = await statement(connection).RowsAsync(FromRow, cancellation).ToListAsync(cancellation);
        var ordered = alerts
            .OrderBy(alert => alert.Kind, StringComparer.Ordinal)
            .ThenBy(alert => alert.Subject, StringComparer.Ordinal);
        foreach (var alert in ordered)
            yield return alert;
    }

    private static Alert FromRow(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.Time(3), row.Time(4), row.GetInt64(5),
        row.GetBoolean(6));
}
