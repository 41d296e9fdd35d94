using System.Globalization;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite;

/// <summary>The tables of a ledger file, and the check that a file is one.</summary>
internal static class LedgerSchema
{
    /// <summary>The version of the tables; raised with every change of them.</summary>
    public const long Version = 2;

    // "TkLd" in ASCII: SQLite keeps it in the file's header, so that file(1) and we can tell a ledger from any
    // database.
    private const long ApplicationId = 0x546B4C64;

    private const string Tables = """
        CREATE TABLE runs (
            host TEXT NOT NULL, runid INTEGER NOT NULL, attempt INTEGER NOT NULL,
            revision INTEGER NOT NULL, inputhash TEXT NOT NULL,
            owner TEXT NOT NULL, repository TEXT NOT NULL, repositoryid INTEGER,
            workflowname TEXT, workflowpath TEXT, engine TEXT, event TEXT, actor TEXT, payer TEXT NOT NULL,
            pullrequest INTEGER, conclusion TEXT, startedat TEXT, startedday TEXT,
            proxyreportedaicredits TEXT, proxyreportedaicreditschart REAL,
            sessionreportedaicredits TEXT, sessionreportedaicreditschart REAL,
            lostcachewritetokens INTEGER NOT NULL, callsknown INTEGER, callsmetered INTEGER, warnings TEXT NOT NULL,
            PRIMARY KEY (host, runid, attempt)) WITHOUT ROWID;
        CREATE INDEX runsbystartedday ON runs (startedday);
        CREATE TABLE runusage (
            host TEXT NOT NULL, runid INTEGER NOT NULL, attempt INTEGER NOT NULL, slice INTEGER NOT NULL,
            revision INTEGER NOT NULL, day TEXT NOT NULL, phase TEXT NOT NULL, purpose TEXT NOT NULL,
            channel TEXT NOT NULL, model TEXT NOT NULL, autoselected INTEGER NOT NULL, servicetier TEXT NOT NULL,
            promptlengththresholdtokens INTEGER NOT NULL, evidence TEXT NOT NULL,
            requests INTEGER NOT NULL, durationms INTEGER NOT NULL,
            inputtokens INTEGER NOT NULL, outputtokens INTEGER NOT NULL, cachereadtokens INTEGER NOT NULL,
            cachewrite5mtokens INTEGER NOT NULL, cachewrite1htokens INTEGER NOT NULL,
            reasoningtokens INTEGER NOT NULL, unresolvedcachetokens INTEGER NOT NULL,
            PRIMARY KEY (host, runid, attempt, slice)) WITHOUT ROWID;
        CREATE INDEX runusagebyday ON runusage (day, host, runid, attempt);
        CREATE TABLE rejectedlines (
            id INTEGER PRIMARY KEY, origin TEXT NOT NULL, source TEXT NOT NULL, line INTEGER,
            code TEXT NOT NULL, message TEXT NOT NULL);
        CREATE INDEX rejectedlinesbyorigin ON rejectedlines (origin);
        CREATE TABLE observations (
            id INTEGER PRIMARY KEY, accountkey TEXT NOT NULL, accountsource TEXT NOT NULL, accountkind TEXT NOT NULL,
            accountname TEXT NOT NULL, view TEXT NOT NULL, viewrank INTEGER NOT NULL, day TEXT NOT NULL,
            filter TEXT NOT NULL, observedat TEXT NOT NULL, contenthash TEXT NOT NULL,
            isincomplete INTEGER NOT NULL,
            billedgrossusd TEXT NOT NULL, billedgrossusdchart REAL NOT NULL, rawfile TEXT NOT NULL);
        CREATE INDEX observationsbyday ON observations (day, accountkey, view, filter, observedat);
        CREATE TABLE charges (
            observation INTEGER NOT NULL, charge TEXT NOT NULL, channel TEXT NOT NULL, family TEXT NOT NULL,
            category TEXT NOT NULL, product TEXT, sku TEXT, modeltext TEXT, autoselected INTEGER NOT NULL,
            organization TEXT NOT NULL, repository TEXT NOT NULL, workflowpath TEXT NOT NULL, user TEXT NOT NULL,
            costcenter TEXT NOT NULL, workspace TEXT NOT NULL, project TEXT NOT NULL, apikey TEXT NOT NULL,
            model TEXT NOT NULL, tokenkind TEXT, servicetier TEXT NOT NULL, contextband TEXT NOT NULL,
            quantity TEXT, unit TEXT, unitpriceusd TEXT, billedgrossusd TEXT NOT NULL,
            billedgrossusdchart REAL NOT NULL, billednetusd TEXT, billednetusdchart REAL,
            inputtokens INTEGER, outputtokens INTEGER, cachereadtokens INTEGER, cachewritetokens INTEGER,
            PRIMARY KEY (observation, charge)) WITHOUT ROWID;
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        INSERT INTO meta (name, value) VALUES ('schema', 'tokenledger/ledger/v1');
        """;

    // Added with version 2; a ledger of version 1 gets them when it is first opened.
    private const string TablesOfVersion2 = """
        CREATE TABLE changeddays (
            host TEXT NOT NULL, runid INTEGER NOT NULL, day TEXT NOT NULL, revision INTEGER NOT NULL,
            PRIMARY KEY (host, runid, day)) WITHOUT ROWID;
        """;

    /// <summary>Makes the tables in an empty file, and refuses a file that is no ledger or a newer one.</summary>
    /// <exception cref="LedgerUnusableException">The file is no ledger of this version.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (IsCurrent(connection, null, path))
            return;
        // WAL lets readers go on while another process writes. It is kept in the file, and set outside a transaction.
        Execute(connection, null, "PRAGMA journal_mode=WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        if (!IsCurrent(connection, transaction, path))
        {
            var isNew = Number(connection, "PRAGMA application_id", transaction) == 0;
            Execute(
                connection, transaction,
                $"{(isNew ? Tables : "")}{TablesOfVersion2}"
                + $"PRAGMA application_id={ApplicationId};PRAGMA user_version={Version};");
        }

        transaction.Commit();
    }

    private static bool IsCurrent(SqliteConnection connection, SqliteTransaction? transaction, string path)
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

    private static long Number(SqliteConnection connection, string sql, SqliteTransaction? transaction)
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
