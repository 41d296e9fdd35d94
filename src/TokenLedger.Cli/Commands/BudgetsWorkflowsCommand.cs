using System.CommandLine;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger budgets workflows</c>.</summary>
internal static class BudgetsWorkflowsCommand
{
    public const string Example = "tokenledger budgets workflows";

    public static Command Create(CliHost host) =>
        new Command("workflows", "Tell what the next run of each workflow usually costs.").Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        await using var ledger = await context.OpenExistingLedgerAsync();
        var evaluate = await BudgetsCommand.PrepareAsync(context, ledger, use => use.DaysFor(null));
        await evaluate.EvaluateAsync(null, [], context.Cancellation);
        var tomorrow = DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime).AddDays(1);
        var table = BudgetStatusTables.Workflows(
            await new ReadWorkflowCosts(ledger.Records).ExecuteAsync(tomorrow, context.Cancellation));
        context.Results.Tables("tokenledger/workflow-costs/v1", table, [table]);
        return ExitCode.Done;
    }
}
