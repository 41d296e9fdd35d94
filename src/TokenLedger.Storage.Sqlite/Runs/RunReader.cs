using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Sqlite.Runs;

/// <summary>Reads runs with their slices: two cursors in key order, walked side by side.</summary>
internal sealed class RunReader(LedgerFile file)
{
    private const string InPeriod = """
        ($from IS NULL AND $to IS NULL)
        OR (r.startedday IS NOT NULL
            AND ($from IS NULL OR r.startedday >= $from) AND ($to IS NULL OR r.startedday < $to))
        OR EXISTS (SELECT 1 FROM runusage p WHERE p.host = r.host AND p.runid = r.runid AND p.attempt = r.attempt
            AND ($from IS NULL OR p.day >= $from) AND ($to IS NULL OR p.day < $to))
        OR (r.startedday = date($from, '-1 day') AND r.startedat > $evening
            AND NOT EXISTS (SELECT 1 FROM runusage p
                WHERE p.host = r.host AND p.runid = r.runid AND p.attempt = r.attempt))
        """;

    private const string OneRun = "r.host = $host AND r.runid = $runid";

    public async Task<StoredRun?> FindAsync(string host, long runId, CancellationToken cancellation)
    {
        using var connection = file.Open();
        return await FindAsync(connection, null, host, runId, cancellation);
    }

    public static async Task<StoredRun?> FindAsync(
        SqliteConnection connection, SqliteTransaction? transaction, string host, long runId,
        CancellationToken cancellation)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "SELECT repository, repositoryid, inputhash, revision FROM runs WHERE host = $host AND runid = $runid "
            + "ORDER BY attempt DESC LIMIT 1";
        command.Parameters.AddWithValue("$host", host);
        command.Parameters.AddWithValue("$runid", runId);
        using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new StoredRun(row.GetString(0), row.NumberOrNull(1), row.GetString(2), row.GetInt64(3))
            {
                ChangedDays = await ChangedDayRows.ReadAsync(connection, transaction, host, runId, cancellation),
            }
            : null;
    }

    public IAsyncEnumerable<LedgerRun> ReadRunAsync(string host, long runId, CancellationToken cancellation) =>
        ReadAsync(
            RunSql(OneRun), SliceSql(OneRun),
            [new SqliteParameter("$host", host), new SqliteParameter("$runid", runId)], cancellation);

    public IAsyncEnumerable<LedgerRun> ReadAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        ReadAsync(
            RunSql(InPeriod), SliceSql(InPeriod),
            [
                new SqliteParameter("$from", from is { } first ? Columns.Text(first) : DBNull.Value),
                new SqliteParameter("$to", to is { } end ? Columns.Text(end) : DBNull.Value),
                new SqliteParameter(
                    "$evening", from is { } day ? Columns.Text(UnseenUsage.EveningBefore(day)) : DBNull.Value),
            ],
            cancellation);

    private static string RunSql(string condition) =>
        $"SELECT {string.Join(',', RunRows.ColumnNames.Select(name => "r." + name))} FROM runs r WHERE {condition} "
        + "ORDER BY r.host, r.runid, r.attempt";

    private static string SliceSql(string condition) =>
        $"SELECT {string.Join(',', SliceRows.ColumnNames.Select(name => "u." + name))} FROM runusage u "
        + "JOIN runs r ON r.host = u.host AND r.runid = u.runid AND r.attempt = u.attempt "
        + $"WHERE {condition} ORDER BY u.host, u.runid, u.attempt, u.slice";

    private async IAsyncEnumerable<LedgerRun> ReadAsync(
        string runSql, string sliceSql, IReadOnlyList<SqliteParameter> parameters,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        // One snapshot for both cursors: a run stored in between would give slices of another revision.
        using var snapshot = connection.BeginTransaction(deferred: true);
        using var runs = await CursorAsync(snapshot, runSql, parameters, cancellation);
        using var slices = await CursorAsync(snapshot, sliceSql, parameters, cancellation);
        var texts = new RepeatedTexts();
        var hasSlice = await slices.ReadAsync(cancellation);
        while (await runs.ReadAsync(cancellation))
        {
            var key = RunRows.KeyFromRow(runs) is var read ? read with { Host = texts.Of(read.Host) } : default;
            var own = new List<UsageSlice>();
            while (hasSlice && RunRows.KeyFromRow(slices) == key)
            {
                own.Add(SliceRows.FromRow(slices, key, texts));
                hasSlice = await slices.ReadAsync(cancellation);
            }

            yield return RunRows.FromRow(runs, key, own, texts);
        }
    }

    private static async Task<SqliteDataReader> CursorAsync(
        SqliteTransaction snapshot, string sql, IReadOnlyList<SqliteParameter> parameters,
        CancellationToken cancellation)
    {
        // The reader owns no command: SQLite's statement ends with the connection, at the end of the walk.
        var command = snapshot.Connection!.CreateCommand();
        command.Transaction = snapshot;
#pragma warning disable CA2100 // The statements are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
        return await command.ExecuteReaderAsync(cancellation);
    }
}
