using Microsoft.Data.Sqlite;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Storage.Sqlite.Bills;

/// <summary>Adds looks at bills. Nothing is ever replaced.</summary>
internal sealed class ObservationWriter(LedgerFile file, Action? beforeWrite)
{
    private static readonly IReadOnlyList<string> ColumnNames =
    [
        "accountkey", "accountsource", "accountkind", "accountname", "view", "viewrank", "day", "filter", "observedat",
        "contenthash", "billedgrossusd", "billedgrossusdchart", "rawfile", "isincomplete",
    ];

    public async Task<bool> StoreAsync(Observation observation, CancellationToken cancellation)
    {
        using var connection = file.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (await IsKnownAsync(transaction, observation, cancellation))
            return false;
        var id = Insert(transaction, observation);
        using (var charges = new RowWriter(transaction, ChargeRows.Table, ChargeRows.ColumnNames, beforeWrite))
        {
            foreach (var charge in observation.Charges)
                ChargeRows.ToRow(charges, charge, id);
        }

        cancellation.ThrowIfCancellationRequested();
        beforeWrite?.Invoke();
        transaction.Commit();
        return true;
    }

    // The same raw file tells nothing new, however often a folder of bills is imported and whatever lies beside it;
    // equal content from another raw file is another look, and two of them apart in time settle a day.
    private static async Task<bool> IsKnownAsync(
        SqliteTransaction transaction, Observation observation, CancellationToken cancellation)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            SELECT observedat, rawfile FROM observations
            WHERE accountkey = $account AND view = $view AND day = $day AND filter = $filter AND contenthash = $hash
            ORDER BY observedat DESC, id DESC
            """;
        command.Parameters.AddWithValue("$account", observation.Account.Key);
        command.Parameters.AddWithValue("$view", observation.View.ToString());
        command.Parameters.AddWithValue("$day", Columns.Text(observation.Day));
        command.Parameters.AddWithValue("$filter", observation.Filter);
        command.Parameters.AddWithValue("$hash", observation.ContentHash);
        using var row = await command.ExecuteReaderAsync(cancellation);
        var isNewest = true;
        while (await row.ReadAsync(cancellation))
        {
            if (row.Time(0) == observation.ObservedAt)
                return true;
            if (isNewest && string.Equals(row.GetString(1), observation.RawFile, StringComparison.Ordinal))
                return true;
            isNewest = false;
        }

        return false;
    }

    private long Insert(SqliteTransaction transaction, Observation observation)
    {
        var gross = AiCredits.UsdFromNanoCredits(observation.GrossNanoCredits);
        using var writer = new RowWriter(transaction, "observations", ColumnNames, beforeWrite);
        writer.Write(
            observation.Account.Key,
            observation.Account.Source,
            observation.Account.Kind.ToString(),
            observation.Account.Name,
            observation.View.ToString(),
            (int)observation.View,
            Columns.Text(observation.Day),
            observation.Filter,
            Columns.Text(observation.ObservedAt),
            observation.ContentHash,
            Columns.Text(gross),
            Columns.Chart(gross),
            observation.RawFile,
            observation.IsIncomplete ? 1 : 0);
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT last_insert_rowid()";
        return (long)command.ExecuteScalar()!;
    }
}
