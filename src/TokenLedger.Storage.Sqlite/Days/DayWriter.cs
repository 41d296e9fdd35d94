using Microsoft.Data.Sqlite;
using TokenLedger.Application.Days;

namespace TokenLedger.Storage.Sqlite.Days;

/// <summary>
/// Stores a day under its next revision in one transaction, which waits for another writer of the same day: so the head
/// that was read is still the newest when it is replaced.
/// </summary>
internal sealed class DayWriter(SqliteConnection connection, Action? beforeWrite)
{
    public async Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var (revision, inputHash) = await HeadOfAsync(day, cancellation);
        if (string.Equals(inputHash, day.InputHash, StringComparison.Ordinal))
            return false;
        if (!day.IsBasedOn(revision))
            return false;
        revision++;
        using (var shares = new RowWriter(transaction, "shares", ShareRows.ColumnNames, beforeWrite))
        {
            for (var i = 0; i < day.Shares.Count; i++)
                ShareRows.ToRow(shares, day.Settlement, day.Shares[i], i, revision);
        }

        using (var parts = new RowWriter(transaction, "unallocated", UnallocatedRows.ColumnNames, beforeWrite))
        {
            for (var i = 0; i < day.Unallocated.Count; i++)
                UnallocatedRows.ToRow(parts, day.Settlement, day.Unallocated[i], i, revision);
        }

        Replace(transaction, day, revision);
        // A last chance to leave nothing behind: once committed, the day is told as stored.
        cancellation.ThrowIfCancellationRequested();
        beforeWrite?.Invoke();
        transaction.Commit();
        return true;
    }

    private void Replace(SqliteTransaction transaction, ReconciledDay day, long revision)
    {
        connection.Write(
            beforeWrite,
            $$"""
            DELETE FROM dailycosts WHERE day = $day AND accountkey = $account;
            INSERT INTO revisions ({{HeadRows.Selected}})
                SELECT {{HeadRows.Selected}} FROM settlements
                WHERE day = $day AND accountkey = $account AND billedgrossnanocredits IS NOT NULL;
            DELETE FROM settlements WHERE day = $day AND accountkey = $account;
            """,
            ("$day", Columns.Text(day.Settlement.Day)), ("$account", day.Settlement.Account.Key));
        using (var costs = new RowWriter(transaction, "dailycosts", DailyCostRows.ColumnNames, beforeWrite))
        {
            for (var i = 0; i < day.DailyCosts.Count; i++)
                DailyCostRows.ToRow(costs, day.Settlement, day.DailyCosts[i], i);
        }

        using var heads = new RowWriter(transaction, "settlements", HeadRows.ColumnNames, beforeWrite);
        HeadRows.ToRow(heads, day, revision);
    }

    private async Task<(long Revision, string? InputHash)> HeadOfAsync(
        ReconciledDay day, CancellationToken cancellation) => await connection
        .Statement(
            "SELECT revision, inputhash FROM settlements WHERE day = $day AND accountkey = $account",
            ("$day", Columns.Text(day.Settlement.Day)), ("$account", day.Settlement.Account.Key))
        .RowsAsync(row => (row.GetInt64(0), (string?)row.GetString(1)), cancellation)
        .FirstOrDefaultAsync(cancellation);
}
