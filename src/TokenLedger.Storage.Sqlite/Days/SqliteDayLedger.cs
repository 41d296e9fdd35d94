using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Storage.Sqlite.Days;

/// <summary>Reconciled days in the ledger file.</summary>
public sealed class SqliteDayLedger : IDayLedger
{
    // Only rows of the revision that the head names, in one statement: a walk sees one revision, whatever is stored
    // while it goes on.
    private const string Newest = """
        t JOIN settlements h ON h.day = t.day AND h.accountkey = t.accountkey AND h.revision = t.revision
        WHERE t.day = $day AND t.accountkey = $account
        """;

    private const string OfRevision = "WHERE t.day = $day AND t.accountkey = $account AND t.revision = $revision";

    private readonly LedgerFile file;
    private readonly Action? beforeWrite;

    /// <summary>The days of the ledger at a path.</summary>
    public SqliteDayLedger(string path)
        : this(path, beforeWrite: null)
    {
    }

    internal SqliteDayLedger(string path, Action? beforeWrite)
    {
        file = new LedgerFile(path);
        this.beforeWrite = beforeWrite;
    }

    /// <inheritdoc/>
    public Task<DayHead?> FindAsync(BillingAccount account, DateOnly day, CancellationToken cancellation) =>
        file.UseAsync(
            async connection => await connection
                .Statement(
                    HeadRows.Select + "WHERE day = $day AND accountkey = $account",
                    ("$day", Columns.Text(day)), ("$account", account.Key))
                .RowsAsync(HeadRows.FromRow, cancellation)
                .FirstOrDefaultAsync(cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation) =>
        file.UseAsync(connection => new DayWriter(connection, beforeWrite).StoreAsync(day, cancellation), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<DayHead> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation) => WalkAsync(
        HeadRows.Select
            + "WHERE day >= $from AND day < $to AND ($account IS NULL OR accountkey = $account) "
            + "ORDER BY day, accountkey",
        [("$from", Columns.Text(from)), ("$to", Columns.Text(to)), ("$account", account?.Key)],
        HeadRows.FromRow,
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<DayHead> ReadRevisionsAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation) => WalkAsync(
        $"""
        SELECT {HeadRows.Selected} FROM (
            SELECT {HeadRows.Selected} FROM settlements UNION ALL SELECT {HeadRows.Selected} FROM revisions)
        WHERE day >= $from AND day < $to AND ($account IS NULL OR accountkey = $account)
        ORDER BY day, accountkey, revision
        """,
        [("$from", Columns.Text(from)), ("$to", Columns.Text(to)), ("$account", account?.Key)],
        HeadRows.FromRow,
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<ShareRow> ReadSharesAsync(DayHead revision, CancellationToken cancellation) => WalkAsync(
        $"SELECT {ShareRows.Selected} FROM shares t {OfRevision} ORDER BY t.share",
        KeyOf(revision), ShareRows.FromRow, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        DayHead revision, CancellationToken cancellation) => WalkAsync(
        $"SELECT {UnallocatedRows.Selected} FROM unallocated t {OfRevision} ORDER BY t.part",
        KeyOf(revision), UnallocatedRows.FromRow, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<ShareRow> ReadSharesAsync(
        BillingAccount account, DateOnly day, (string Host, long RunId)? run, CancellationToken cancellation) =>
        WalkAsync(
            $"SELECT {ShareRows.Selected} FROM shares {Newest} "
                + (run is null ? "" : "AND t.host = $host AND t.runid = $runid ")
                + "ORDER BY t.share",
            [
                ("$day", Columns.Text(day)), ("$account", account.Key),
                ("$host", run?.Host), ("$runid", run?.RunId),
            ],
            ShareRows.FromRow,
            cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        BillingAccount account, DateOnly day, CancellationToken cancellation) => WalkAsync(
        $"SELECT {UnallocatedRows.Selected} FROM unallocated {Newest} ORDER BY t.part",
        [("$day", Columns.Text(day)), ("$account", account.Key)],
        UnallocatedRows.FromRow,
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<DailyCostRow> ReadDailyCostsAsync(
        DateOnly from, DateOnly to, CancellationToken cancellation) => WalkAsync(
        DailyCostRows.Select + "WHERE day >= $from AND day < $to ORDER BY day, accountkey, row",
        [("$from", Columns.Text(from)), ("$to", Columns.Text(to))],
        DailyCostRows.FromRow,
        cancellation);

    private static (string Name, object? Value)[] KeyOf(DayHead revision) =>
    [
        ("$day", Columns.Text(revision.Settlement.Day)), ("$account", revision.Settlement.Account.Key),
        ("$revision", revision.Revision),
    ];

    private async IAsyncEnumerable<T> WalkAsync<T>(
        string sql, (string Name, object? Value)[] values, Func<SqliteDataReader, T> fromRow,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        await foreach (var item in connection.Statement(sql, values).RowsAsync(fromRow, cancellation))
            yield return item;
    }
}
