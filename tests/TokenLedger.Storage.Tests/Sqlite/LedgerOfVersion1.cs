using Microsoft.Data.Sqlite;

namespace TokenLedger.Storage.Tests.Sqlite;

/// <summary>A ledger as the first version left it, with one run of one slice.</summary>
internal static class LedgerOfVersion1
{
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

    private const string Rows = """
        INSERT INTO runs VALUES ('github.com', 7, 1, 3, 'h1', 'acme', 'acme/api', 99, 'Triage', 'triage.lock.yml',
            'copilot', 'issues', 'mona', 'organization', 12, 'success', '2026-09-14T10:30:00.0000000Z', '2026-09-14',
            '0.7817660000001', 0.78, NULL, NULL, 0, NULL, NULL, '[]');
        INSERT INTO runusage VALUES ('github.com', 7, 1, 0, 3, '2026-09-14', 'Agent', 'Main', 'copilot',
            'claude-sonnet-5', 0, 'standard', 0, 'ProxyRecords', 2, 100, 1, 2, 3, 4, 5, 1, 0);
        INSERT INTO rejectedlines (origin, source, line, code, message)
            VALUES ('run:github.com/7', '1/logs/token-usage.jsonl', 3, 'TL0101', 'Not JSON.');
        """;

    public static void Create(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        // 0x546B4C64 is the application id of a ledger.
        command.CommandText = "PRAGMA journal_mode=WAL;" + Tables + Rows
            + "PRAGMA application_id=1416318052;PRAGMA user_version=1;";
        command.ExecuteNonQuery();
        SqliteConnection.ClearPool(connection);
    }
}
