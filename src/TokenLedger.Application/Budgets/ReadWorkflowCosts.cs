using TokenLedger.Application.Ports;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>Tells what the next run of each workflow usually costs, from four weeks of days.</summary>
/// <remarks>From what <see cref="EvaluateBudgets"/> stored: a day that it has not done yet is not told of.</remarks>
public sealed class ReadWorkflowCosts(IRecords records)
{
    /// <summary>The workflows by repository, then path.</summary>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="cancellation">Ends between rows.</param>
    public async Task<IReadOnlyList<(string Repository, string? WorkflowPath, UsualCost Cost)>> ExecuteAsync(
        DateOnly to, CancellationToken cancellation)
    {
        var from = DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - BudgetEvaluation.DaysBack));
        var marks = await records
            .ReadAsync(BudgetTables.Days, BudgetKeys.Month(from), BudgetKeys.MonthAfter(to), cancellation)
            .Where(stored => stored.Row.Text("budget") is null)
            .ToDictionaryAsync(
                stored => stored.Row.Day("day")!.Value, stored => stored.Row.Text("inputhash"),
                cancellationToken: cancellation);
        var rows = await records
            .ReadAsync(BudgetTables.WorkflowDays, BudgetKeys.Day(from), BudgetKeys.Day(to), cancellation)
            .Select(stored => stored.Row)
            .Where(row => string.Equals(
                marks.GetValueOrDefault(row.Day("day")!.Value), row.Text("inputhash"), StringComparison.Ordinal))
            .ToListAsync(cancellation);
        return
        [
            .. rows
                .GroupBy(row => (Repository: row.Text("repository")!, Workflow: row.Text("workflow")))
                .OrderBy(group => group.Key.Repository, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Workflow, StringComparer.Ordinal)
                .Select(group => (
                    group.Key.Repository, group.Key.Workflow, UsualCost.Of(group.Select(WorkflowDayRow.Read))!)),
        ];
    }
}
