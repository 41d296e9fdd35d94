using System.Globalization;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Reports;

/// <summary>What each workflow used, was estimated at and was billed.</summary>
internal static class WorkflowTable
{
    private const string Minutes = "actionsMinutes";

    public static Table Of(ReconciliationDocument document, RunTotals runs)
    {
        var scope = document.Scope;
        var period = document.Period;
        var name = scope.CostCenter is null ? scope.Name : $"{scope.Name} ({scope.CostCenter})";
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {period.Start:yyyy-MM-dd} to {period.End:yyyy-MM-dd} (end exclusive), AI credits");
        return new Table(
            title,
            [
                new("workflow", "Workflow"), new("repository", "Repository", Priority: 2),
                new("runs", "Runs", ColumnKind.Count),
                new("tokens", "Tokens", ColumnKind.Count, 1),
                new("estimatedAiCredits", "Estimated", ColumnKind.AiCredits),
                new("unbilledEstimatedAiCredits", "of it unbilled", ColumnKind.AiCredits, 2),
                new("billedAiCredits", "Billed", ColumnKind.AiCredits),
                new("billedNetUsd", "Net USD", ColumnKind.Usd, 4),
                new("driftPercent", "Drift", ColumnKind.Percent, 3), new("confidence", "Confidence"),
                new(Minutes, "Actions minutes", ColumnKind.Count, 5) { OnlyWith = Minutes },
                new("runsWithoutActionsMinutes", "Minutes unknown", ColumnKind.Count, 6) { OnlyWith = Minutes },
            ],
            [.. runs.Workflows
                .OrderByDescending(workflow => workflow.Value.Billed ?? 0)
                .ThenByDescending(workflow => workflow.Value.Estimated ?? 0)
                .ThenBy(workflow => workflow.Key.Repository, StringComparer.Ordinal)
                .ThenBy(workflow => workflow.Key.Name, StringComparer.Ordinal)
                .Select(workflow => workflow.Value.Row(workflow.Key.Name, workflow.Key.Repository))],
            runs.All.Row("All runs", ""));
    }

    public static string NameOf(RunEntry run) => run.WorkflowName ?? run.WorkflowPath ?? "(workflow unknown)";
}
