using System.CommandLine;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger prices</c>.</summary>
internal static class PricesCommand
{
    public const string Example = "tokenledger prices --model claude-sonnet-5 --on 2026-10-01";

    private static readonly Option<string?> Model =
        CommonOptions.Text("--model", "NAME", "Only this model, by any of its names.");
    private static readonly Option<DateOnly?> On =
        CommonOptions.Day("--on", "Only what holds on this UTC day.");
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("prices", "List the booked prices; check them against bills, update them from a list.")
        {
            Model, On, Prices,
        }.Bind(host, Execute);

    private static Task<int> Execute(CommandContext context)
    {
        var prices = context.ReadPrices(Prices);
        var rows = prices.Rows;
        if (context.Parse.GetValue(Model) is { } model)
        {
            var name = prices.Names.Normalise(model).Canonical;
            rows = rows.Where(row => string.Equals(row.Model, name, StringComparison.Ordinal));
        }

        if (context.Parse.GetValue(On) is { } day)
            rows = rows.Where(row => row.HoldsOn(day));
        var table = PriceTables.Book([.. rows]);
        context.Results.Tables("tokenledger/price-rows/v1", table, [table]);
        return Task.FromResult(ExitCode.Done);
    }
}
