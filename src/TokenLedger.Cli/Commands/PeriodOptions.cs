using System.CommandLine;
using TokenLedger.Application.Metrics;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Cli.Commands;

/// <summary>Scope and period of the commands that tell what the spend bought.</summary>
internal sealed class PeriodOptions
{
    // Every day is reconciled again, and every month stored.
    private const int DaysMax = 366;
    private const int DaysBack = 30;

    private readonly Option<string?> organization =
        CommonOptions.Text("--org", "ORG", "Only runs and bills of this organisation (default: the whole ledger).");
    private readonly Option<string?> enterprise =
        CommonOptions.Text("--enterprise", "NAME", "Only runs and bills of this enterprise.");
    private readonly Option<DateOnly?> from =
        CommonOptions.Day("--from", "The first UTC day, inclusive (default: 30 days before --to).");
    private readonly Option<DateOnly?> to =
        CommonOptions.Day("--to", "The last UTC day, exclusive (default: tomorrow).");
    private readonly Option<string?> prices = PricesOption.Create();

    public void AddTo(Command command)
    {
        command.Add(organization);
        command.Add(enterprise);
        command.Add(from);
        command.Add(to);
        command.Add(prices);
    }

    /// <summary>Whether a day is named.</summary>
    public bool NamesDays(ParseResult parse) => parse.GetValue(from) is not null || parse.GetValue(to) is not null;

    public PriceBook PricesOf(CommandContext context) => context.ReadPrices(prices);

    /// <exception cref="CommandFailedException">The period is none, or too long.</exception>
    public (DateOnly From, DateOnly To) DaysOf(CommandContext context)
    {
        var end = context.Parse.GetValue(to)
            ?? DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime).AddDays(1);
        var start = context.Parse.GetValue(from) ?? end.AddDays(-DaysBack);
        if (end <= start)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        return end.DayNumber - start.DayNumber <= DaysMax
            ? (start, end)
            : throw CommandFailedException.WrongUsage($"the period is longer than {DaysMax} days: name a shorter one.");
    }

    /// <exception cref="CommandFailedException">Two are named.</exception>
    public ReconciliationScope ScopeOf(ParseResult parse) =>
        (parse.GetValue(organization), parse.GetValue(enterprise)) switch
        {
            (null, null) => ReconciliationScope.WholeLedger,
            ({ Length: > 0 } name, null) => new ReconciliationScope(ScopeKind.Organization, name),
            (null, { Length: > 0 } name) => new ReconciliationScope(ScopeKind.Enterprise, name),
            _ => throw CommandFailedException.WrongUsage("name one scope at most: --org ORG or --enterprise NAME."),
        };

    /// <exception cref="CommandFailedException">There is nothing in the period.</exception>
    public static async Task<MetricsReport> ReadAsync(
        CommandContext context, ReadMetrics read, ReconciliationScope scope, DateOnly from, DateOnly to) =>
        await read.ExecuteAsync(scope, from, to, context.Host.Time.GetUtcNow(), context.Cancellation)
        ?? throw CommandFailedException.WrongUsage(FormattableString.Invariant(
            $"neither runs nor a bill from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}: check the name and the days."));
}
