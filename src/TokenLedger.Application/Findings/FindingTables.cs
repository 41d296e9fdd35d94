using TokenLedger.Application.Records;

namespace TokenLedger.Application.Findings;

/// <summary>The record tables of findings.</summary>
public static class FindingTables
{
    /// <summary>
    /// How each run attempt spent its tokens: derived, made again where it is missing or its hashes differ. Partition
    /// <c>yyyy-MM|dd</c> of the day the attempt counts to, row <c>host|run id|attempt</c>.
    /// </summary>
    public static readonly RecordTable RunFeatures = new("runfeatures",
    [
        Text("host"), Whole("runid"), Whole("attempt"), Text("inputhash"), Text("priceshash"), Whole("foldversion"),
        Whole("requests"), Whole("failedrequests"), Whole("models"), Whole("largestinputtokens"),
        Whole("firstinputtokens"), Whole("lastinputtokens"), Number("contextgrowth"), Whole("longestcachemissstreak"),
        Number("cachereadshare"), Whole("repeats"), Whole("longestretrystreak"), Whole("subagentrequests"),
        Number("subagentshare"), Number("detectionshare"), Number("reasoningshare"), Number("explorationshare"),
        new("hasoutcome", RecordColumnKind.Flag), Whole("elapsedms"), Text("conclusion"), Credits("estimated"),
        Credits("input"), Credits("output"), Credits("cacheread"), Credits("cachewrite"), Credits("detection"),
        Credits("subagent"), Credits("reasoning"), Credits("growth"), Credits("cachemiss"), Credits("repeat"),
        Credits("exploration"), Credits("work"),
    ]);

    /// <summary>
    /// Findings: derived. Partition <c>yyyy-MM|dd</c> of the day, row <c>code|hash</c> of code, subject and day.
    /// </summary>
    public static readonly RecordTable Findings = new("findings",
    [
        Text("id"), Text("code"), Text("subject"), new("day", RecordColumnKind.Day), Text("host"), Whole("runid"),
        Whole("attempt"), Text("repository"), Text("workflowpath"), Text("message"),
        new("evidence", RecordColumnKind.LongText), Credits("atstake"), Text("control"),
        new("firstfoundat", RecordColumnKind.Time), new("lastseenat", RecordColumnKind.Time),
        new("goneat", RecordColumnKind.Time),
    ]);

    /// <summary>
    /// What people decided about findings: authored, and never made again. Keys are those of the finding.
    /// </summary>
    public static readonly RecordTable Decisions = new("findingdecisions",
    [
        Text("id"), Text("status"), Text("decidedby"), new("decidedat", RecordColumnKind.Time), Text("reason"),
    ])
    {
        IsAuthored = true,
    };

    /// <summary>
    /// The journal of actions that findings led to: authored, each written before GitHub is asked and after. Partition
    /// <c>action</c>, row the action's id.
    /// </summary>
    public static readonly RecordTable Actions = new("actions",
    [
        Text("findingid"), Text("code"), Text("subject"), Text("action"), Text("host"), Text("repository"),
        Whole("runid"), Whole("attempt"), Text("workflowpath"), new("intentat", RecordColumnKind.Time),
        new("resultat", RecordColumnKind.Time), Text("result"), Text("message"),
        new("undointentat", RecordColumnKind.Time), new("undoneat", RecordColumnKind.Time), Text("undoneby"),
    ])
    {
        IsAuthored = true,
    };

    /// <summary>The partition of a day.</summary>
    public static string PartitionOf(DateOnly day) => FormattableString.Invariant($"{day:yyyy-MM}|{day:dd}");

    private static RecordColumn Text(string name) => new(name, RecordColumnKind.Text);

    private static RecordColumn Whole(string name) => new(name, RecordColumnKind.Integer);

    private static RecordColumn Number(string name) => new(name, RecordColumnKind.Number);

    private static RecordColumn Credits(string name) => new(name, RecordColumnKind.NanoCredits);
}
