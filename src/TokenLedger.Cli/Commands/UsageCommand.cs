using System.CommandLine;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger usage</c>.</summary>
internal static class UsageCommand
{
    public const string Example = "tokenledger usage --by model --from 2026-09-01 --to 2026-10-01";

    private static readonly Option<UsageGrouping> By = new("--by")
    {
        Description = "run, workflow, repository, model or day.",
        HelpName = "WHAT",
        DefaultValueFactory = _ => UsageGrouping.Workflow,
        CustomParser = result => CommonOptions.ParseName<UsageGrouping>(result),
    };

    private static readonly RunFilter Filter = new();
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host)
    {
        var command = new Command("usage", "Sum the runs' tokens and estimates, before any bill.") { By, Prices };
        Filter.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var store = ledger.Store;
        var slices = new List<PricedSlice>();
        await foreach (var run in Filter.ReadAsync(context, store))
            slices.AddRange(SlicePricing.Price(run, prices).Where(slice => Filter.Includes(context, slice.Day)));
        if (slices.Count == 0)
            RunFilter.ExplainNothing(context);
        var table = UsageTable.Of(slices, context.Parse.GetValue(By));
        context.Results.Tables("tokenledger/usage/v1", table, [table]);
        return ExitCode.Done;
    }
}
