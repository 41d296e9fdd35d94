using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Records;

namespace TokenLedger.Application.Findings;

/// <summary>Actions as rows of <see cref="FindingTables.Actions"/>.</summary>
internal static class FindingActionRow
{
    public const string Partition = "action";

    public static RecordRow Of(FindingAction action) => new RecordRow(FindingTables.Actions, Partition, action.Id)
        .Set("findingid", action.FindingId)
        .Set("code", action.Code)
        .Set("subject", action.Subject)
        .Set("action", WireNames.Of(action.Do))
        .Set("host", action.Host)
        .Set("repository", action.Repository)
        .Set("runid", action.RunId)
        .Set("attempt", action.Attempt)
        .Set("workflowpath", action.WorkflowPath)
        .Set("intentat", (DateTimeOffset?)action.IntentAt)
        .Set("resultat", action.ResultAt)
        .Set("result", action.Result is { } result ? WireNames.Of(result) : null)
        .Set("message", action.Message)
        .Set("undointentat", action.UndoIntentAt)
        .Set("undoneat", action.UndoneAt)
        .Set("undoneby", action.UndoneBy);

    public static FindingAction Read(RecordRow row) => new(
        row.RowKey, row.Text("findingid")!, row.Text("code")!, row.Text("subject")!,
        string.Equals(row.Text("action"), WireNames.Of(FindingActionKind.CancelRun), StringComparison.Ordinal)
            ? FindingActionKind.CancelRun : FindingActionKind.DisableWorkflow,
        row.Text("host")!, row.Text("repository")!)
    {
        RunId = row.Integer("runid"),
        Attempt = (int?)row.Integer("attempt"),
        WorkflowPath = row.Text("workflowpath"),
        IntentAt = row.Time("intentat")!.Value,
        ResultAt = row.Time("resultat"),
        Result = row.Text("result") switch
        {
            null => null,
            "done" => FindingActionResult.Done,
            "not-needed" => FindingActionResult.NotNeeded,
            _ => FindingActionResult.Refused,
        },
        Message = row.Text("message"),
        UndoIntentAt = row.Time("undointentat"),
        UndoneAt = row.Time("undoneat"),
        UndoneBy = row.Text("undoneby"),
    };
}
