using System.CommandLine;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger gap</c>.</summary>
internal static class GapCommand
{
    public const string Example =
        "tokenledger gap --org acme --from 2026-09-01 --to 2026-10-01 --by model";

    private static readonly ScopeOptions Scope = new();
    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first UTC day, inclusive.", isRequired: true);
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive.", isRequired: true);
    private static readonly Option<GapGrouping> By = new("--by")
    {
        Description = "account, day or model (default: all at once).",
        HelpName = "WHAT",
        CustomParser = result => CommonOptions.ParseName<GapGrouping>(result),
    };

    private static readonly Option<bool> Net = new("--net")
    {
        Description = "Go on from the gross to the net, where every net is known.",
    };

    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host)
    {
        var command = new Command("gap", "Explain why the bill is not the estimate, part by part.")
        {
            From, To, By, Net, Prices,
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
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var period = await new ReconcilePeriod(ledger.Store, ledger.Days, prices, context.Configuration)
            .ExecuteAsync(scope, from, to, context.Host.Time.GetUtcNow(), context.Cancellation)
            ?? throw ScopeOptions.Nothing(scope, from, to);
        var cells = PeriodGap.Of(period);
        var (by, withNet) = (parse.GetValue(By), parse.GetValue(Net));
        context.Results.Tables(
            "tokenledger/gap/v1", () => GapTables.Rows(cells, by, withNet), () => GapTables.Of(cells, by, withNet));
        return ExitCode.Done;
    }
}
