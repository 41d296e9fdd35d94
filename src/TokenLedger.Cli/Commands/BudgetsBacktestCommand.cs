using System.CommandLine;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger budgets backtest</c>.</summary>
internal static class BudgetsBacktestCommand
{
    public const string Example =
        "tokenledger budgets backtest triage --from 2026-07-01 --to 2026-10-01 --config tokenledger.json";

    // Two years of mornings are enough to judge by.
    private const int DaysMax = 731;

    private static readonly Argument<string> Name = new("NAME") { Description = "The budget." };
    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first UTC day, inclusive.", isRequired: true);
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive.", isRequired: true);

    public static Command Create(CliHost host) =>
        new Command("backtest", "Test forecasts on periods that are over.") { Name, From, To }
            .Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var budget = BudgetsCommand.Find(context.Configuration, parse.GetRequiredValue(Name));
        var from = parse.GetRequiredValue(From)!.Value;
        var to = parse.GetRequiredValue(To)!.Value;
        if (to <= from || to.DayNumber - from.DayNumber > DaysMax)
            throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"--to is exclusive: it must be after --from, and {DaysMax} days after it at most."));
        await using var ledger = await context.OpenExistingLedgerAsync();
        var today = DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime);
        var first = DateOnly.FromDayNumber(Math.Max(0, from.DayNumber - BudgetEvaluation.DaysBack));
        var end = to < today ? to : today;
        var evaluate = await BudgetsCommand.PrepareAsync(
            context, ledger,
            _ => [.. Enumerable.Range(first.DayNumber, Math.Max(0, end.DayNumber - first.DayNumber))
                .Select(DateOnly.FromDayNumber)]);
        var table = BudgetStatusTables.Backtest(
            budget, await evaluate.TestAsync(budget, from, to, context.Cancellation));
        context.Results.Tables("tokenledger/budgets-backtest/v1", table, [table]);
        return ExitCode.Done;
    }
}
