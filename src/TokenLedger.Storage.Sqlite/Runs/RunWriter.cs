using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite.Runs;

/// <summary>Replaces all rows of a run in one transaction.</summary>
internal sealed class RunWriter(LedgerFile file, Action? beforeWrite)
{
    public async Task<StoredRun?> StoreAsync(FoldedRun run, CancellationToken cancellation)
    {
        using var connection = file.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var stored = await RunReader.FindAsync(connection, transaction, run.Host, run.RunId, cancellation);
        foreach (var facts in run.Attempts.Select(attempt => attempt.Facts))
        {
            if (stored is not null && !stored.Admits(facts.Repository, facts.RepositoryId))
                throw stored.Conflict(run.Host, run.RunId, facts.Repository);
        }

        if (stored is not null && string.Equals(stored.InputHash, run.InputHash, StringComparison.Ordinal))
            return null;
        if (!run.IsBasedOn(stored?.Revision ?? 0))
            return null;
        var revision = (stored?.Revision ?? 0) + 1;
        // Days of the rows that go, then of the rows that come: both must be reconciled again.
        ChangedDayRows.Add(transaction, run.Host, run.RunId, revision, beforeWrite);
        Delete(transaction, run);
        Insert(transaction, run, revision, cancellation);
        ChangedDayRows.Add(transaction, run.Host, run.RunId, revision, beforeWrite);
        var last = run.Attempts.MaxBy(attempt => attempt.Facts.Key.Attempt)?.Facts;
        var now = new StoredRun(
            last?.Repository ?? stored?.Repository ?? "", last is null ? stored?.RepositoryId : last.RepositoryId,
            run.InputHash, revision)
        {
            ChangedDays = await ChangedDayRows.ReadAsync(
                connection, transaction, run.Host, run.RunId, cancellation),
        };
        // A last chance to leave nothing behind: once committed, the run is told as stored.
        cancellation.ThrowIfCancellationRequested();
        beforeWrite?.Invoke();
        transaction.Commit();
        return now;
    }

    private void Delete(SqliteTransaction transaction, FoldedRun run)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            DELETE FROM runs WHERE host = $host AND runid = $runid;
            DELETE FROM runusage WHERE host = $host AND runid = $runid;
            DELETE FROM rejectedlines WHERE origin = $origin;
            """;
        command.Parameters.AddWithValue("$host", run.Host);
        command.Parameters.AddWithValue("$runid", run.RunId);
        command.Parameters.AddWithValue("$origin", ProblemRows.OriginOf(run));
        beforeWrite?.Invoke();
        command.ExecuteNonQuery();
    }

    private void Insert(SqliteTransaction transaction, FoldedRun run, long revision, CancellationToken cancellation)
    {
        using var runs = new RowWriter(transaction, RunRows.Table, RunRows.ColumnNames, beforeWrite);
        using var slices = new RowWriter(transaction, SliceRows.Table, SliceRows.ColumnNames, beforeWrite);
        foreach (var attempt in run.Attempts)
        {
            cancellation.ThrowIfCancellationRequested();
            RunRows.ToRow(runs, attempt, revision, run.InputHash);
            for (var i = 0; i < attempt.Slices.Count; i++)
                SliceRows.ToRow(slices, attempt.Slices[i], i, revision);
        }

        ProblemRows.Insert(transaction, ProblemRows.OriginOf(run), run.Problems, beforeWrite);
    }
}
