using System.CommandLine;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger calibration backtest</c>.</summary>
internal static class CalibrationBacktestCommand
{
    public const string Example = "tokenledger calibration backtest --org acme --from 2026-09-01 --to 2026-10-01";

    private static readonly ScopeOptions Scope = new();
    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first tested UTC day, inclusive.", isRequired: true);
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last tested UTC day, exclusive.", isRequired: true);
    private static readonly Option<long?> Days = CalibrationCommand.DaysOption();
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host)
    {
        var command = new Command("backtest", "Test intervals on days that nothing was learned from.")
        {
            From, To, Days, Prices,
        };
        Scope.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var scope = Scope.Of(parse);
        var from = parse.GetRequiredValue(From)!.Value;
        var to = parse.GetRequiredValue(To)!.Value;
        if (to <= from)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        var days = CalibrationCommand.DaysOf(parse, Days);
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var tests = await new ReadCalibration(ledger.Store, ledger.Days, prices, context.Configuration)
            .TestAsync(scope, from, to, days, context.Host.Time.GetUtcNow(), context.Cancellation)
            ?? throw ScopeOptions.Nothing(scope, from, to);
        var table = CalibrationTables.Backtest(tests);
        context.Results.Tables("tokenledger/calibration-backtest/v1", table, [table]);
        return ExitCode.Done;
    }
}
