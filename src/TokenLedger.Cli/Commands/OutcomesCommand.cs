using System.CommandLine;
using TokenLedger.Application.Metrics;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Hosting.Composition;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger outcomes</c>.</summary>
internal static class OutcomesCommand
{
    public const string Example = "tokenledger outcomes --from 2026-09-01 --to 2026-10-01 --repo acme/webshop\n"
        + "tokenledger outcomes --fetch";

    private static readonly PeriodOptions Period = new();
    private static readonly Option<string?> Repository =
        CommonOptions.Text("--repo", "OWNER/NAME", "Only pull requests and issues of this repository.");
    private static readonly Option<bool> Fetch = new("--fetch")
    {
        Description = "Ask GitHub first what has become of them, for those without the webhook.",
    };

    public static Command Create(CliHost host)
    {
        var command = new Command("outcomes", "List what runs created or worked on, what became of it and its cost.")
        {
            Repository, Fetch,
        };
        Period.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var (from, to) = Period.DaysOf(context);
        var scope = Period.ScopeOf(context.Parse);
        var prices = Period.PricesOf(context);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var records = ledger.Records;
        var read = new ReadMetrics(ledger.Store, ledger.Archive, ledger.Days, records, prices, context.Configuration);
        var report = await PeriodOptions.ReadAsync(context, read, scope, from, to);
        var isWhole = true;
        if (context.Parse.GetValue(Fetch))
        {
            isWhole = await FetchAsync(context, ledger, records, report);
            report = await PeriodOptions.ReadAsync(context, read, scope, from, to);
        }

        var table = MetricTables.Outcomes(report, context.Parse.GetValue(Repository));
        context.Results.Tables("tokenledger/outcomes/v1", table, [table]);
        return isWhole ? ExitCode.Done : ExitCode.SomeInputRejected;
    }

    private static async Task<bool> FetchAsync(
        CommandContext context, ILedgerStorage ledger, IRecords records, MetricsReport report)
    {
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        if (!sources.Runs.IsConfigured)
        {
            throw CommandFailedException.WrongUsage(
                "there is nothing to ask GitHub with: set TokenLedger__GitHub__Token, or TokenLedger__GitHub__AppId "
                + "and TokenLedger__GitHub__PrivateKey.");
        }

        var fetched = await new FetchOutcomes(sources.Outcomes, ledger.OutcomeArchive, records)
            .ExecuteAsync(report.Work, context.Cancellation);
        context.Results.Say(FormattableString.Invariant($"GitHub told of {fetched.Stored} pull requests and issues."));
        foreach (var (subject, refusal) in fetched.Refusals.Take(FailuresShown))
            context.Results.Say($"{subject}: {refusal.Message}");
        if (fetched.Refusals.Count > FailuresShown)
            context.Results.Say(FormattableString.Invariant($"… and {fetched.Refusals.Count - FailuresShown} more."));
        return fetched.Refusals.Count == 0;
    }

    // One cause most often refuses all of them.
    private const int FailuresShown = 5;
}
