using System.CommandLine;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Cli.Commands;

/// <summary>The options that pick runs of the ledger.</summary>
internal sealed class RunFilter
{
    private readonly Option<string?> organization =
        CommonOptions.Text("--org", "ORG", "Only runs of this organisation.");
    private readonly Option<DateOnly?> from = CommonOptions.Day("--from", "The first UTC day, inclusive.");
    private readonly Option<DateOnly?> to = CommonOptions.Day("--to", "The last UTC day, exclusive.");

    public void AddTo(Command command)
    {
        command.Add(organization);
        command.Add(from);
        command.Add(to);
    }

    /// <summary>The runs that have usage in the period or started in it.</summary>
    public IAsyncEnumerable<LedgerRun> ReadAsync(CommandContext context, ILedgerStore store)
    {
        var parse = context.Parse;
        var (start, stop) = (parse.GetValue(from), parse.GetValue(to));
        if (start is { } first && stop is { } end && end <= first)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        var owner = parse.GetValue(organization);
        return store
            .ReadRunsAsync(start, stop, context.Cancellation)
            .Where(run => run.IsIn(start, stop))
            .Where(run => owner is null || string.Equals(run.Facts.Owner, owner, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether both ends of the period are named.</summary>
    public bool HasPeriod(CommandContext context) =>
        context.Parse.GetValue(from) is not null && context.Parse.GetValue(to) is not null;

    /// <summary>Says why an answer is empty, where the filter is the likely reason.</summary>
    public static void ExplainNothing(CommandContext context) =>
        context.Results.Say("no run of the ledger matches: check --org, --from, --to and --ledger.");

    public bool Includes(CommandContext context, DateOnly day) =>
        (context.Parse.GetValue(from) is not { } first || day >= first)
        && (context.Parse.GetValue(to) is not { } end || day < end);
}
