using System.CommandLine;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger prices check</c>.</summary>
internal static class PricesCheckCommand
{
    public const string Example =
        "tokenledger prices check --org acme --from 2026-09-01 --to 2026-10-01 --fail-on contradiction";

    private static readonly Option<string?> Organization =
        CommonOptions.Text("--org", "ORG", "The bills of this organisation.");
    private static readonly Option<string?> Enterprise =
        CommonOptions.Text("--enterprise", "NAME", "The bills of this enterprise.");
    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first UTC day, inclusive.", isRequired: true);
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive.", isRequired: true);
    private static readonly Option<string?> Prices = PricesOption.Create();
    private static readonly Option<string?> FailOn =
        CommonOptions.Text("--fail-on", "contradiction", "Exit 4 when there is a finding.");

    public static Command Create(CliHost host) =>
        new Command("check", "Find where bills contradict the booked prices, and since when.")
        {
            Organization, Enterprise, From, To, Prices, FailOn,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var scope = (parse.GetValue(Organization), parse.GetValue(Enterprise)) switch
        {
            ({ Length: > 0 } name, null) => new ReconciliationScope(ScopeKind.Organization, name),
            (null, { Length: > 0 } name) => new ReconciliationScope(ScopeKind.Enterprise, name),
            _ => throw CommandFailedException.WrongUsage("name one scope: --org ORG or --enterprise NAME."),
        };
        var from = parse.GetRequiredValue(From)!.Value;
        var to = parse.GetRequiredValue(To)!.Value;
        if (to <= from)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        var fails = parse.GetValue(FailOn) switch
        {
            null => false,
            "contradiction" => true,
            var other => throw CommandFailedException.WrongUsage($"--fail-on: '{other}' is not contradiction."),
        };
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var period = await new ReconcilePeriod(ledger.Store, ledger.Days, prices, context.Configuration)
            .ExecuteAsync(scope, from, to, context.Host.Time.GetUtcNow(), context.Cancellation)
            ?? throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"neither runs nor a bill of {scope.Name} from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}: check the name ")
                + "and the days, or fill the ledger with 'poll' or 'import-billing'.");
        var findings = period.PriceFindings;
        var table = PriceTables.Findings(findings);
        context.Results.Tables("tokenledger/price-findings/v1", table, [table]);
        if (!fails || findings.Count == 0)
            return ExitCode.Done;
        context.Host.Error.Write(FormattableString.Invariant(
            $"tokenledger: --fail-on contradiction: billed prices that the book does not have: {findings.Count}\n"));
        return ExitCode.LimitCrossed;
    }
}
