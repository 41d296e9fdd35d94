using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Storage.Sqlite.Bills;

/// <summary>Reads looks at bills with their charges.</summary>
internal sealed class ObservationReader(LedgerFile file)
{
    private static readonly string ChargeSql =
        $"SELECT {string.Join(',', ChargeRows.ColumnNames)} FROM charges "
        + "WHERE observation = $observation ORDER BY charge";

    public async IAsyncEnumerable<Observation> ReadAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        using var snapshot = connection.BeginTransaction(deferred: true);
        using var command = connection.CreateCommand();
        command.Transaction = snapshot;
        command.CommandText = """
            SELECT id, accountsource, accountkind, accountname, view, day, filter, observedat, contenthash,
                billedgrossusd, rawfile, isincomplete
            FROM observations
            WHERE ($account IS NULL OR accountkey = $account)
                AND ($from IS NULL OR day >= $from) AND ($to IS NULL OR day < $to)
            ORDER BY day, accountkey, viewrank, filter, observedat, id
            """;
        command.Parameters.AddWithValue("$account", account is null ? DBNull.Value : account.Key);
        command.Parameters.AddWithValue("$from", from is { } first ? Columns.Text(first) : DBNull.Value);
        command.Parameters.AddWithValue("$to", to is { } end ? Columns.Text(end) : DBNull.Value);
        using var charges = connection.CreateCommand();
        charges.Transaction = snapshot;
#pragma warning disable CA2100 // The statement is a constant of this class.
        charges.CommandText = ChargeSql;
#pragma warning restore CA2100
        var observation = charges.Parameters.Add("$observation", SqliteType.Integer);
        using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            observation.Value = row.GetInt64(0);
            yield return await FromRowAsync(row, charges, cancellation);
        }
    }

    private static async Task<Observation> FromRowAsync(
        SqliteDataReader row, SqliteCommand chargesOf, CancellationToken cancellation)
    {
        var account = new BillingAccount(row.GetString(1), row.Enum<BillingAccountKind>(2), row.GetString(3));
        var view = row.Enum<BillView>(4);
        var day = row.Day(5);
        var charges = new List<Charge>();
        using var charge = await chargesOf.ExecuteReaderAsync(cancellation);
        while (await charge.ReadAsync(cancellation))
            charges.Add(ChargeRows.FromRow(charge, account, view, day));
        return new Observation(
            account,
            view,
            day,
            row.GetString(6),
            row.Time(7),
            row.GetString(8),
            AiCredits.NanoCreditsFromUsd(row.Money(9)),
            row.GetString(10),
            charges)
        {
            IsIncomplete = row.GetInt64(11) != 0,
        };
    }
}
