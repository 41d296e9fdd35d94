using System.CommandLine;
using TokenLedger.Application.Metrics;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Metrics;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger metrics</c>.</summary>
internal static class MetricsCommand
{
    public const string Example = "tokenledger metrics --org acme --from 2026-09-01 --to 2026-10-01 --by repository\n"
        + "tokenledger metrics --metric cost-per-accepted-pull-request --by month --format json";

    private static readonly PeriodOptions Period = new();
    private static readonly Option<MetricGrouping> By = new("--by")
    {
        Description = "all, repository, workflow, team, person, model, day, week or month.",
        HelpName = "WHAT",
        DefaultValueFactory = _ => MetricGrouping.All,
        CustomParser = result => CommonOptions.ParseName<MetricGrouping>(result),
    };

    private static readonly Option<string?> Metric =
        CommonOptions.Text("--metric", "NAME", "Only this metric (default: all).");

    public static Command Create(CliHost host)
    {
        var command = new Command("metrics", "Tell what the spend bought, and store it by month.") { By, Metric };
        Period.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var (from, to) = Period.DaysOf(context);
        var scope = Period.ScopeOf(context.Parse);
        var metric = context.Parse.GetValue(Metric);
        if (metric is not null && MetricBook.All.All(known => !Is(known, metric)))
        {
            throw CommandFailedException.WrongUsage(
                $"--metric: '{metric}' is none of {string.Join(", ", MetricBook.All.Select(known => known.Name))}.");
        }

        var prices = Period.PricesOf(context);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var records = ledger.Records;
        var read = new ReadMetrics(ledger.Store, ledger.Archive, ledger.Days, records, prices, context.Configuration);
        var report = await PeriodOptions.ReadAsync(context, read, scope, from, to);
        await new StoreMetrics(read, records)
            .ExecuteAsync(from, to, context.Host.Time.GetUtcNow(), context.Cancellation);
        var table = MetricTables.Metrics(report, context.Parse.GetValue(By), metric);
        context.Results.Tables("tokenledger/metrics/v1", table, [table]);
        return ExitCode.Done;
    }

    private static bool Is(MetricDefinition known, string name) =>
        string.Equals(known.Name, name, StringComparison.Ordinal);
}
