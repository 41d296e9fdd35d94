using System.Globalization;
using Microsoft.Data.Sqlite;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Sqlite.Runs;

/// <summary>Days that a run changed and nobody has queued yet, as rows of <c>changeddays</c>.</summary>
internal static class ChangedDayRows
{
    // Of the run as it is stored and as it will be; an attempt without tokens changes the day it started on and the
    // day it may have reached into.
    private const string AddSql = """
        INSERT INTO changeddays (host, runid, day, revision)
        SELECT host, runid, day, $revision FROM (
            SELECT host, runid, day FROM runusage WHERE host = $host AND runid = $runid
            UNION SELECT host, runid, startedday FROM runs
                WHERE host = $host AND runid = $runid AND startedday IS NOT NULL
            UNION SELECT r.host, r.runid, coalesce(date(r.startedat, $longest), r.startedday) FROM runs r
                WHERE r.host = $host AND r.runid = $runid AND r.startedat IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM runusage u
                    WHERE u.host = r.host AND u.runid = r.runid AND u.attempt = r.attempt)) AS changed
        WHERE true
        ON CONFLICT (host, runid, day) DO UPDATE SET revision = excluded.revision
        """;

    private static readonly string Longest = string.Create(
        CultureInfo.InvariantCulture, $"+{(long)UnseenUsage.Longest.TotalSeconds} seconds");

    /// <summary>Notes the days of the rows that the transaction sees now.</summary>
    public static void Add(
        SqliteTransaction transaction, string host, long runId, long revision, Action? beforeWrite)
    {
        using var command = Command(transaction, AddSql, host, runId, revision);
        command.Parameters.AddWithValue("$longest", Longest);
        beforeWrite?.Invoke();
        command.ExecuteNonQuery();
    }

    /// <summary>Forgets the days of revisions up to this one.</summary>
    public static void Clear(LedgerFile file, string host, long runId, long revision, Action? beforeWrite)
    {
        using var connection = file.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = Command(
            transaction, "DELETE FROM changeddays WHERE host = $host AND runid = $runid AND revision <= $revision",
            host, runId, revision);
        beforeWrite?.Invoke();
        command.ExecuteNonQuery();
        beforeWrite?.Invoke();
        transaction.Commit();
    }

    /// <summary>The days, in order.</summary>
    public static async Task<IReadOnlyList<DateOnly>> ReadAsync(
        SqliteConnection connection, SqliteTransaction? transaction, string host, long runId,
        CancellationToken cancellation)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT day FROM changeddays WHERE host = $host AND runid = $runid ORDER BY day";
        command.Parameters.AddWithValue("$host", host);
        command.Parameters.AddWithValue("$runid", runId);
        using var rows = await command.ExecuteReaderAsync(cancellation);
        var days = new List<DateOnly>();
        while (await rows.ReadAsync(cancellation))
            days.Add(rows.Day(0));
        return days;
    }

    private static SqliteCommand Command(
        SqliteTransaction transaction, string sql, string host, long runId, long revision)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The statements are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$host", host);
        command.Parameters.AddWithValue("$runid", runId);
        command.Parameters.AddWithValue("$revision", revision);
        return command;
    }
}
