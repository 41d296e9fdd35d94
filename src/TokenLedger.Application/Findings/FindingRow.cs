using System.Text;
using System.Text.Json;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Findings;

/// <summary>Findings and decisions as rows.</summary>
internal static class FindingRow
{
    // What decides whether a finding is still as it was stored.
    private static readonly string[] Content =
    [
        "id", "code", "subject", "day", "host", "runid", "attempt", "repository", "workflowpath", "message", "evidence",
        "atstake", "control",
    ];

    public static string KeyOf(string code, string id) => $"{code}|{id}";

    public static RecordRow Of(
        Finding finding, DateTimeOffset firstFoundAt, DateTimeOffset lastSeenAt, DateTimeOffset? goneAt)
    {
        var id = FindingId.Of(finding);
        return new RecordRow(
            FindingTables.Findings, FindingTables.PartitionOf(finding.Day), KeyOf(finding.Code, id))
            .Set("id", id)
            .Set("code", finding.Code)
            .Set("subject", finding.Subject)
            .Set("day", (DateOnly?)finding.Day)
            .Set("host", finding.Run?.Host)
            .Set("runid", finding.Run?.RunId)
            .Set("attempt", (long?)finding.Run?.Attempt)
            .Set("repository", finding.Repository)
            .Set("workflowpath", finding.WorkflowPath)
            .Set("message", finding.Message)
            .Set("evidence", EvidenceOf(finding))
            .Set("atstake", finding.AtStakeNanoCredits)
            .Set("control", finding.Control)
            .Set("firstfoundat", (DateTimeOffset?)firstFoundAt)
            .Set("lastseenat", (DateTimeOffset?)lastSeenAt)
            .Set("goneat", goneAt);
    }

    /// <summary>Whether two rows tell the same finding, whenever they were written.</summary>
    public static bool IsSame(RecordRow left, RecordRow right) =>
        Array.TrueForAll(Content, column => Equals(left[column], right[column]));

    public static StoredFinding Read(RecordRow row, FindingDecision? decision)
    {
        var finding = new Finding(row.Text("code")!, row.Text("subject")!, row.Day("day")!.Value)
        {
            Run = row.Text("host") is { } host && row.Integer("runid") is { } run
                && row.Integer("attempt") is { } attempt
                ? new RunKey(host, run, (int)attempt) : null,
            Repository = row.Text("repository"),
            WorkflowPath = row.Text("workflowpath"),
            Message = row.Text("message")!,
            Evidence = EvidenceIn(row.Text("evidence")!),
            AtStakeNanoCredits = row.Integer("atstake"),
            Control = row.Text("control")!,
        };
        return new StoredFinding(
            row.Text("id")!, finding, row.Time("firstfoundat")!.Value, row.Time("lastseenat")!.Value,
            row.Time("goneat"), decision);
    }

    public static FindingDecision ReadDecision(RecordRow row) => new(
        Enum.Parse<FindingStatus>(row.Text("status")!), row.Text("decidedby")!, row.Time("decidedat")!.Value,
        row.Text("reason")!);

    public static RecordRow Of(StoredFinding finding, FindingDecision decision) => new RecordRow(
        FindingTables.Decisions, FindingTables.PartitionOf(finding.Finding.Day),
        KeyOf(finding.Finding.Code, finding.Id))
        .Set("id", finding.Id)
        .Set("status", decision.Status.ToString())
        .Set("decidedby", decision.By)
        .Set("decidedat", (DateTimeOffset?)decision.At)
        .Set("reason", decision.Reason);

    // A JSON object in the order of the evidence, every figure as text with all its digits.
    private static string EvidenceOf(Finding finding)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in finding.Evidence)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static IReadOnlyList<(string, string)> EvidenceIn(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!))];
    }
}
