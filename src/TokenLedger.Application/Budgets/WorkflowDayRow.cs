using System.Globalization;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>What runs of a workflow cost on a day, as a row.</summary>
internal static class WorkflowDayRow
{
    private const char CostEnd = ',';

    public static RecordRow Of(DateOnly day, WorkflowCosts costs, string inputHash) => new RecordRow(
        BudgetTables.WorkflowDays, BudgetKeys.Day(day),
        BudgetKeys.OfWorkflow(costs.Repository, costs.WorkflowPath))
        .Set("day", day)
        .Set("repository", BudgetKeys.Short(costs.Repository))
        .Set("workflow", costs.WorkflowPath is { } path ? BudgetKeys.Short(path) : null)
        .Set("runs", (long)costs.NanoCredits.Count)
        .Set("costs", string.Join(CostEnd, UsualCost.Thin(costs.NanoCredits)
            .Select(cost => cost.ToString(CultureInfo.InvariantCulture))))
        .Set("inputhash", inputHash);

    public static (long Runs, IReadOnlyList<long> Costs) Read(RecordRow row) => (
        row.Integer("runs") ?? 0,
        [
            .. (row.Text("costs") ?? "").Split(CostEnd, StringSplitOptions.RemoveEmptyEntries)
                .Select(cost => long.Parse(cost, CultureInfo.InvariantCulture)),
        ]);
}
