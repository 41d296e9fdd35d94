using System.CommandLine;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;
using TokenLedger.Application.Settlements;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger reconcile</c>.</summary>
internal static class ReconcileCommand
{
    public const string Example =
        "tokenledger reconcile --org acme --from 2026-09-01 --to 2026-10-01 --output september.json --fail-on unpriced";

    private static readonly ScopeOptions Scope = new();
    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first UTC day, inclusive.", isRequired: true);
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive.", isRequired: true);
    private static readonly Option<bool> Fetch = new("--fetch")
    {
        Description = "Collect the runs and poll the bills of the period first.",
    };
    private static readonly Option<string?> Prices = PricesOption.Create();
    private static readonly Option<DateOnly?> AsOf = CommonOptions.Day(
        "--as-of", "Tell what was recorded by the end of this UTC day, instead of what is known now.");
    private static readonly Option<bool> SpreadIncluded = new("--spread-included")
    {
        Description = "Spread what is included over all charges of its month, so that the first runs are not free.",
    };
    private static readonly Option<string[]> FailOn = new("--fail-on")
    {
        Description = "drift=N, unallocated=N (percent), unpriced or unsettled: exit 4 when crossed. May be repeated.",
        HelpName = "LIMIT",
    };

    public static Command Create(CliHost host)
    {
        var command = new Command("reconcile", "Split the bill over the runs, so that the shares add up to it.");
        Scope.AddTo(command);
        foreach (Option option in new Option[] { From, To, Fetch, AsOf, SpreadIncluded, Prices, FailOn })
            command.Add(option);
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
        var limits = (parse.GetValue(FailOn) ?? []).Select(FailLimit.Parse).ToList();
        var prices = context.ReadPrices(Prices);
        if (parse.GetValue(AsOf) is { } asOf)
            return await TellRecordedAsync(context, scope, (from, to), asOf);
        var isWhole = !parse.GetValue(Fetch)
            || await FetchBeforeReconcile.ExecuteAsync(context, scope, from, to, prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var now = context.Host.Time.GetUtcNow();
        var period = await new ReconcilePeriod(ledger.Store, ledger.Days, prices, context.Configuration)
            .ExecuteAsync(scope, from, to, now, parse.GetValue(SpreadIncluded), context.Cancellation)
            ?? throw ScopeOptions.Nothing(scope, from, to);
        var document = BuildArtifact.Execute(period, now);
        Write(context, document);
        var crossed = limits.Select(limit => limit.Crossed(document)).OfType<string>().ToList();
        foreach (var limit in crossed)
            context.Host.Error.Write($"tokenledger: {limit}\n");
        return crossed.Count > 0 ? ExitCode.LimitCrossed : isWhole ? ExitCode.Done : ExitCode.SomeInputRejected;
    }

    private static async Task<int> TellRecordedAsync(
        CommandContext context, ReconciliationScope scope, (DateOnly From, DateOnly To) days, DateOnly asOf)
    {
        if (scope.CostCenter is not null || context.Parse.GetResult(FailOn) is not null
            || context.Parse.GetValue(SpreadIncluded) || context.Parse.GetValue(Fetch))
        {
            throw CommandFailedException.WrongUsage(
                "--as-of tells what was recorded of whole accounts: leave --cost-center, --spread-included, --fetch "
                + "and --fail-on out.");
        }

        await using var ledger = await context.OpenExistingLedgerAsync();

        var before = new DateTimeOffset(asOf, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1);
        var period = await new ReadRecordedPeriod(ledger.Store, ledger.Days, context.Configuration)
            .ExecuteAsync(scope, days.From, days.To, before, context.Cancellation);
        if (period?.Outer is { } outer)
        {
            throw CommandFailedException.WrongUsage(
                $"days are recorded of whole wallets, and that of {scope.Name} is {outer.Name}'s: use --enterprise "
                + $"{outer.Name}.");
        }

        if (period is null || period.Days.Count == 0)
        {
            throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"nothing of {scope.Name} was recorded by the end of {asOf:yyyy-MM-dd}: 'serve', 'poll' and the ")
                + "service on Azure record each day that they reconcile.");
        }

        context.Results.Tables(
            "tokenledger/recorded-period/v1", RecordedPeriodTables.Days(period), RecordedPeriodTables.Of(period));
        return ExitCode.Done;
    }

    // Tables go to standard output beside the artifact's file; any other format is itself what the file holds.
    public static void Write(CommandContext context, ReconciliationDocument document)
    {
        var results = context.Results;
        switch (results.Format)
        {
            case OutputFormat.Json when results.OutputPath is null:
                results.Artifact(document);
                break;
            case OutputFormat.Json:
                results.WriteFile(results.OutputPath, file => BuildArtifact.Write(document, file));
                break;
            case OutputFormat.Table:
                if (results.OutputPath is { } path)
                    results.WriteFile(path, file => BuildArtifact.Write(document, file));
                results.TablesToOut(ReconciliationTables.Of(document));
                break;
            default:
                results.Tables(document.Schema, () => ReconciliationTables.Runs(document),
                    () => ReconciliationTables.Of(document));
                break;
        }
    }
}
