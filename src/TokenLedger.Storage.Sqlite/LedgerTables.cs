namespace TokenLedger.Storage.Sqlite;

/// <summary>
/// The tables of a ledger file, by the version they came with. Ids that others hold are never given twice
/// (AUTOINCREMENT): a receipt for a message that is gone must not fit a later one.
/// </summary>
internal static class LedgerTables
{
    private const string OfVersion1 = """
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

    private const string OfVersion2 = """
        CREATE TABLE changeddays (
            host TEXT NOT NULL, runid INTEGER NOT NULL, day TEXT NOT NULL, revision INTEGER NOT NULL,
            PRIMARY KEY (host, runid, day)) WITHOUT ROWID;
        CREATE TABLE settlements (
            day TEXT NOT NULL, accountkey TEXT NOT NULL, accountsource TEXT NOT NULL, accountkind TEXT NOT NULL,
            accountname TEXT NOT NULL, revision INTEGER NOT NULL, inputhash TEXT NOT NULL, reconciledat TEXT NOT NULL,
            status TEXT NOT NULL, observations INTEGER NOT NULL, firstseenat TEXT, lastchangedat TEXT,
            estimatedaicredits TEXT, estimatedaicreditschart REAL,
            billedgrossnanocredits INTEGER, billedgrossusdchart REAL,
            billednetnanocredits INTEGER, billednetusdchart REAL,
            allocatedgrossnanocredits INTEGER, allocatedgrossusdchart REAL,
            unallocatedgrossnanocredits INTEGER, unallocatedgrossusdchart REAL,
            runs INTEGER NOT NULL, unpricedrequests INTEGER NOT NULL,
            PRIMARY KEY (day, accountkey)) WITHOUT ROWID;
        CREATE TABLE shares (
            day TEXT NOT NULL, accountkey TEXT NOT NULL, revision INTEGER NOT NULL, share INTEGER NOT NULL,
            charge TEXT NOT NULL, host TEXT NOT NULL, runid INTEGER NOT NULL, attempt INTEGER NOT NULL,
            repository TEXT NOT NULL, workflowpath TEXT, phase TEXT NOT NULL, purpose TEXT NOT NULL,
            channel TEXT NOT NULL, model TEXT NOT NULL, autoselected INTEGER NOT NULL, servicetier TEXT NOT NULL,
            contextband TEXT NOT NULL, grossnanocredits INTEGER NOT NULL, grossusdchart REAL NOT NULL,
            netnanocredits INTEGER, netusdchart REAL, lownanocredits INTEGER NOT NULL,
            highnanocredits INTEGER NOT NULL, method TEXT NOT NULL, confidence TEXT NOT NULL, reasons TEXT NOT NULL,
            PRIMARY KEY (day, accountkey, revision, share)) WITHOUT ROWID;
        CREATE INDEX sharesbyrun ON shares (host, runid, day, accountkey, revision);
        CREATE TABLE unallocated (
            day TEXT NOT NULL, accountkey TEXT NOT NULL, revision INTEGER NOT NULL, part INTEGER NOT NULL,
            charge TEXT NOT NULL, reason TEXT NOT NULL, runs TEXT NOT NULL,
            grossnanocredits INTEGER NOT NULL, grossusdchart REAL NOT NULL,
            netnanocredits INTEGER, netusdchart REAL,
            PRIMARY KEY (day, accountkey, revision, part)) WITHOUT ROWID;
        CREATE TABLE dailycosts (
            day TEXT NOT NULL, accountkey TEXT NOT NULL, row INTEGER NOT NULL, accountsource TEXT NOT NULL,
            accountkind TEXT NOT NULL, accountname TEXT NOT NULL, component TEXT NOT NULL, repository TEXT,
            workflowpath TEXT, workflowname TEXT, channel TEXT NOT NULL, model TEXT, unallocatedreason TEXT,
            runs INTEGER NOT NULL, requests INTEGER NOT NULL, unpricedrequests INTEGER NOT NULL,
            inputtokens INTEGER NOT NULL, outputtokens INTEGER NOT NULL, cachereadtokens INTEGER NOT NULL,
            cachewrite5mtokens INTEGER NOT NULL, cachewrite1htokens INTEGER NOT NULL,
            reasoningtokens INTEGER NOT NULL, estimatedaicredits TEXT, estimatedaicreditschart REAL,
            billedgrossnanocredits INTEGER, billedgrossusdchart REAL,
            billednetnanocredits INTEGER, billednetusdchart REAL,
            PRIMARY KEY (day, accountkey, row)) WITHOUT ROWID;
        CREATE TABLE queuemessages (
            id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, visibleat TEXT NOT NULL, text TEXT NOT NULL,
            dequeuecount INTEGER NOT NULL, receipt TEXT, enqueuedat TEXT NOT NULL, poisonedat TEXT);
        CREATE INDEX queuemessagesbyvisibleat ON queuemessages (queue, visibleat, id);
        CREATE TABLE deliveries (delivery TEXT PRIMARY KEY, claimedat TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX deliveriesbyclaimedat ON deliveries (claimedat);
        CREATE TABLE checkpoints (
            name TEXT PRIMARY KEY, setat TEXT NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE alerts (
            kind TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL, firstat TEXT NOT NULL,
            lastat TEXT NOT NULL, count INTEGER NOT NULL, isopen INTEGER NOT NULL,
            PRIMARY KEY (kind, subject)) WITHOUT ROWID;
        """;

    // What GitHub told of a run when its artifacts were collected.
    private const string OfVersion3 = """
        ALTER TABLE runs ADD COLUMN triggeringactor TEXT;
        ALTER TABLE runs ADD COLUMN pullrequestabsence TEXT;
        ALTER TABLE runs ADD COLUMN actionsminutes INTEGER;
        ALTER TABLE runs ADD COLUMN collection TEXT;
        """;

    // What a day was before it was reconciled anew.
    private const string OfVersion4 = """
        ALTER TABLE settlements ADD COLUMN reason TEXT;
        ALTER TABLE settlements ADD COLUMN revisionkind TEXT;
        ALTER TABLE settlements ADD COLUMN settledat TEXT;
        ALTER TABLE settlements ADD COLUMN billhash TEXT;
        ALTER TABLE settlements ADD COLUMN resulthash TEXT;
        CREATE TABLE revisions (
            day TEXT NOT NULL, accountkey TEXT NOT NULL, accountsource TEXT NOT NULL, accountkind TEXT NOT NULL,
            accountname TEXT NOT NULL, revision INTEGER NOT NULL, inputhash TEXT NOT NULL, reconciledat TEXT NOT NULL,
            status TEXT NOT NULL, observations INTEGER NOT NULL, firstseenat TEXT, lastchangedat TEXT,
            estimatedaicredits TEXT, estimatedaicreditschart REAL,
            billedgrossnanocredits INTEGER, billedgrossusdchart REAL,
            billednetnanocredits INTEGER, billednetusdchart REAL,
            allocatedgrossnanocredits INTEGER, allocatedgrossusdchart REAL,
            unallocatedgrossnanocredits INTEGER, unallocatedgrossusdchart REAL,
            runs INTEGER NOT NULL, unpricedrequests INTEGER NOT NULL,
            reason TEXT, revisionkind TEXT, settledat TEXT, billhash TEXT, resulthash TEXT,
            PRIMARY KEY (day, accountkey, revision)) WITHOUT ROWID;
        """;

    // What a run was on and for.
    private const string OfVersion5 = """
        ALTER TABLE runs ADD COLUMN headbranch TEXT;
        ALTER TABLE runs ADD COLUMN issue INTEGER;
        """;

    /// <summary>
    /// What each version adds, from the first; a ledger gets what it lacks when it is first opened.
    /// </summary>
    public static readonly IReadOnlyList<string> ByVersion =
        [OfVersion1, OfVersion2, OfVersion3, OfVersion4, OfVersion5];
}
