using System.Globalization;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite;

/// <summary>The tables of a ledger file, and the check that a file is one.</summary>
internal static class LedgerSchema
{
    /// <summary>The version of the tables; raised with every change of them.</summary>
    public static readonly long Version = LedgerTables.ByVersion.Count;

    // "TkLd" in ASCII: SQLite keeps it in the file's header, so that file(1) and we can tell a ledger from any
    // database.
    private const long ApplicationId = 0x546B4C64;

    /// <summary>Makes the tables in an empty file, and refuses a file that is no ledger or a newer one.</summary>
    /// <exception cref="LedgerUnusableException">The file is no ledger of this version.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        // One state of the file for all questions: another process may be making the ledger just now.
        using (var look = connection.BeginTransaction(deferred: true))
        {
            if (IsCurrent(connection, look, path))
                return;
        }

        // WAL lets readers go on while another process writes. It is kept in the file, and set outside a transaction.
        Execute(connection, null, "PRAGMA journal_mode=WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        if (!IsCurrent(connection, transaction, path))
        {
            var before = Number(connection, "PRAGMA user_version", transaction);
            Execute(
                connection, transaction,
                string.Concat(LedgerTables.ByVersion.Skip((int)before))
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"PRAGMA application_id={ApplicationId};PRAGMA user_version={Version};"));
        }

        transaction.Commit();
    }

    private static bool IsCurrent(SqliteConnection connection, SqliteTransaction transaction, string path)
    {
        var application = Number(connection, "PRAGMA application_id", transaction);
        var version = Number(connection, "PRAGMA user_version", transaction);
        if (application == 0 && version == 0
            && Number(connection, "SELECT count(*) FROM sqlite_schema", transaction) == 0)
            return false;
        if (application != ApplicationId)
            throw new LedgerUnusableException($"{path} is a database, but no ledger: name another file with --ledger.");
        if (version > Version)
        {
            throw new LedgerUnusableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} was written by a newer tokenledger (version {version}, known {Version}): upgrade."));
        }

        return version == Version;
    }

    private static long Number(SqliteConnection connection, string sql, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every statement of this class is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as long? ?? 0;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
