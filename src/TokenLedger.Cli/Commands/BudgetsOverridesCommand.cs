using System.CommandLine;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger budgets overrides</c>.</summary>
internal static class BudgetsOverridesCommand
{
    public const string Example = "tokenledger budgets overrides";

    // Of a budget that is configured no more they stand there still.
    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = "Only those of this budget (default: all).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create(CliHost host) =>
        new Command("overrides", "List the decisions to raise limits, past ones too.") { Name }
            .Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        await using var ledger = await context.OpenExistingLedgerAsync();
        var overrides = await new BudgetOverrides(ledger.Records).ReadAsync(
            context.Parse.GetValue(Name), context.Cancellation);
        var table = BudgetStatusTables.Overrides(overrides);
        context.Results.Tables("tokenledger/budget-overrides/v1", table, [table]);
        return ExitCode.Done;
    }
}
