using TokenLedger.Application.Records;

namespace TokenLedger.Storage.Azure.Ledger;

/// <summary>The names of a ledger's tables, containers and queues in its account.</summary>
/// <param name="Prefix">
/// Begins every name; empty except where several ledgers share an account, as tests do. Lower-case letters and digits,
/// a letter first.
/// </param>
internal sealed record LedgerNames(string Prefix)
{
    public const string Runs = "runs";
    public const string RunIndex = "runindex";
    public const string RunUsage = "runusage";
    public const string RejectedLines = "rejectedlines";
    public const string Observations = "observations";
    public const string Charges = "charges";
    public const string Shares = "shares";
    public const string Unallocated = "unallocated";
    public const string Settlements = "settlements";
    public const string Revisions = "revisions";
    public const string DailyCosts = "dailycosts";
    public const string Deliveries = "deliveries";
    public const string Checkpoints = "checkpoints";
    public const string Alerts = "alerts";
    public const string RunLogs = "run-logs";
    public const string Bills = "bills";
    public const string Outcomes = "outcomes";

    public static IReadOnlyList<string> Tables { get; } =
    [
        Runs, RunIndex, RunUsage, RejectedLines, Observations, Charges, Shares, Unallocated, Settlements, Revisions,
        DailyCosts, Deliveries, Checkpoints, Alerts, .. RecordTables.All.Select(table => table.Name),
    ];

    public static IReadOnlyList<string> Containers { get; } = [RunLogs, Bills, Outcomes];

    public string Of(string name) => Prefix + name;
}
