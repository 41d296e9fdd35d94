using System.CommandLine;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;
using TokenLedger.Application.Settlements;
using TokenLedger.Hosting.Composition;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger settlement</c>.</summary>
internal static class SettlementCommand
{
    public const string Example =
        "tokenledger settlement\n"
        + "tokenledger settlement --org acme --from 2026-09-01 --to 2026-10-01 --fail-on unsettled";

    // Days that may still change: a month, and the days until it closes.
    private const int DaysBack = 35;

    private static readonly Option<string?> Organization =
        CommonOptions.Text("--org", "ORG", "Only the days of this organisation (default: every account).");
    private static readonly Option<string?> Enterprise =
        CommonOptions.Text("--enterprise", "NAME", "Only the days of this enterprise.");
    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first UTC day, inclusive (default: 35 days ago).");
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive (default: today).");
    private static readonly Option<string?> FailOn =
        CommonOptions.Text("--fail-on", "unsettled", "Exit 4 when a day is not settled.");

    public static Command Create(CliHost host) =>
        new Command("settlement", "Tell how final each day's bill is, and when it is looked at next.")
        {
            Organization, Enterprise, From, To, FailOn,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var scope = ScopeOf(parse);
        var now = context.Host.Time.GetUtcNow();
        var to = parse.GetValue(To) ?? DateOnly.FromDateTime(now.UtcDateTime);
        var from = parse.GetValue(From) ?? to.AddDays(-DaysBack);
        if (to <= from)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        var failsOnUnsettled = parse.GetValue(FailOn) switch
        {
            null => false,
            "unsettled" => true,
            var other => throw CommandFailedException.WrongUsage($"--fail-on: '{other}' is not unsettled."),
        };
        await using var ledger = await context.OpenExistingLedgerAsync();
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        var report = await new ReadSettlements(
            ledger, sources.Bills, sources.Reports, PriceBookReader.Shipped(), context.Configuration)
            .ExecuteAsync(scope, from, to, now, context.Cancellation)
            ?? throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"neither runs nor a bill from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}: check the name and the days."));
        context.Results.Tables("tokenledger/settlement/v1", SettlementTables.Days(report), SettlementTables.Of(report));
        var open = report.Days.Count(day => !day.Settlement.IsFinal);
        if (!failsOnUnsettled || open == 0)
            return ExitCode.Done;
        context.Host.Error.Write(FormattableString.Invariant(
            $"tokenledger: --fail-on unsettled: {open} of {report.Days.Count} days are not settled.\n"));
        return ExitCode.LimitCrossed;
    }

    private static ReconciliationScope ScopeOf(ParseResult parse) =>
        (parse.GetValue(Organization), parse.GetValue(Enterprise)) switch
        {
            (null, null) => ReconciliationScope.WholeLedger,
            ({ Length: > 0 } name, null) => new ReconciliationScope(ScopeKind.Organization, name),
            (null, { Length: > 0 } name) => new ReconciliationScope(ScopeKind.Enterprise, name),
            _ => throw CommandFailedException.WrongUsage("name one scope at most: --org ORG or --enterprise NAME."),
        };
}
