using System.CommandLine;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger runs</c>.</summary>
internal static class RunsCommand
{
    public const string Example = "tokenledger runs --org acme --from 2026-09-01\ntokenledger runs --rejected";

    private static readonly RunFilter Filter = new();
    private static readonly Option<string?> Prices = PricesOption.Create();
    private static readonly Option<bool> Rejected =
        new("--rejected") { Description = "List rejected lines and files instead of runs." };

    public static Command Create(CliHost host)
    {
        var command =
            new Command("runs", "List runs with what proxy, session and we say they cost.") { Rejected, Prices };
        Filter.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var isRejected = context.Parse.GetValue(Rejected);
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var store = ledger.Store;
        if (isRejected)
        {
            var problems = await store.ReadProblemsAsync(context.Cancellation).ToListAsync(context.Cancellation);
            var rejected =
                ProblemTable.Of(FormattableString.Invariant($"{problems.Count} rejected lines and files"), problems);
            context.Results.Tables("tokenledger/rejected/v1", rejected, [rejected]);
            return ExitCode.Done;
        }

        var runs = new List<(LedgerRun, IReadOnlyList<PricedSlice>)>();
        await foreach (var run in Filter.ReadAsync(context, store))
            runs.Add((run, SlicePricing.Price(run, prices)));
        if (runs.Count == 0)
            RunFilter.ExplainNothing(context);
        var table = RunTable.Of(FormattableString.Invariant($"{runs.Count} runs (AI credits)"), runs);
        context.Results.Tables("tokenledger/runs/v1", table, [table]);
        return ExitCode.Done;
    }
}
