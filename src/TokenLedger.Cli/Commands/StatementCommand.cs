using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Reports;
using TokenLedger.Application.Statements;
using TokenLedger.Domain.Statements;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger statement</c>.</summary>
internal static class StatementCommand
{
    public const string Example =
        "tokenledger statement --month 2026-10 --by team --spread by-spend\n"
        + "tokenledger statement --org acme --from 2026-10-01 --to 2026-11-01 --by repository,model --format csv";

    private const string TagPrefix = "tag:";
    private const int GroupingsMax = 3;

    private static readonly PeriodOptions Period = new();
    private static readonly Option<string?> Month =
        CommonOptions.Text("--month", "YYYY-MM", "The calendar month, instead of --from and --to.");
    private static readonly Option<string?> By = CommonOptions.Text(
        "--by", "WHAT[,WHAT]",
        "team, repository, workflow, organization, pull-request, issue, branch, person, payer, cost-center, model, "
        + "channel, account, phase, purpose, task-type, engine, event, day, month or tag:NAME; up to "
        + "three (default: team).");
    private static readonly Option<string?> Spread = CommonOptions.Text(
        "--spread", "none|by-spend|even|by-weight", "How what no run answers for is spread (default: none).");
    private static readonly Option<string?> FailOn = CommonOptions.Text(
        "--fail-on", "unsettled", "Exit 4 when not every bill is final.");

    public static Command Create(CliHost host)
    {
        var command = new Command(
            "statement", "State what each team, repository or person is billed: it adds up to the bill.")
        {
            Month, By, Spread, FailOn,
        };
        Period.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        if (parse.GetValue(Month) is not null && Period.NamesDays(parse))
            throw CommandFailedException.WrongUsage("name --month, or --from and --to.");
        var (from, to) = parse.GetValue(Month) is { } month ? DaysOf(month) : Period.DaysOf(context);
        var scope = Period.ScopeOf(parse);
        var groupings = (parse.GetValue(By) ?? "team").Split(',').Select(GroupingOf).ToList();
        if (groupings.Count > GroupingsMax)
            throw CommandFailedException.WrongUsage("--by: name three at most.");
        if (groupings.Distinct().Count() < groupings.Count)
            throw CommandFailedException.WrongUsage("--by: name each once.");
        var spread = SpreadOf(parse.GetValue(Spread));
        if (spread == StatementSpread.ByWeight && groupings.Count > 1)
            throw CommandFailedException.WrongUsage("--spread by-weight: weights are of one thing: name one in --by.");
        var failsOnUnsettled = parse.GetValue(FailOn) switch
        {
            null => false,
            "unsettled" => true,
            var other => throw CommandFailedException.WrongUsage($"--fail-on: '{other}' is not unsettled."),
        };
        var prices = Period.PricesOf(context);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var statement = await new ReadStatement(ledger.Store, ledger.Days, prices, context.Configuration)
            .ExecuteAsync(scope, from, to, groupings, spread, context.Host.Time.GetUtcNow(), context.Cancellation)
            ?? throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"neither runs nor a bill from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}: check the name and the days."));
        var table = StatementTables.Of(
            statement, groupings, spread,
            FormattableString.Invariant($"{scope.Name}, {from:yyyy-MM-dd} to {to:yyyy-MM-dd} (end exclusive)"));
        context.Results.Tables("tokenledger/statement/v1", table, [table]);
        if (!failsOnUnsettled || statement.IsFinal)
            return ExitCode.Done;
        context.Host.Error.Write("tokenledger: --fail-on unsettled: not every bill of the period is final.\n");
        return ExitCode.LimitCrossed;
    }

    private static (DateOnly From, DateOnly To) DaysOf(string month) =>
        DateOnly.TryParseExact(
            month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && first < DateOnly.MaxValue.AddMonths(-1)
            ? (first, first.AddMonths(1))
            : throw CommandFailedException.WrongUsage($"--month: '{month}' is no month, such as 2026-10.");

    private static StatementGrouping GroupingOf(string text)
    {
        var name = text.Trim();
        if (name.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase) && name.Length > TagPrefix.Length)
            return new StatementGrouping(StatementDimension.Tag, name[TagPrefix.Length..]);
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        return plain.All(char.IsAsciiLetter) && Enum.TryParse<StatementDimension>(plain, ignoreCase: true, out var what)
            && what != StatementDimension.Tag
                ? new StatementGrouping(what)
                : throw CommandFailedException.WrongUsage($"--by: '{name}' is nothing to group by: see --help.");
    }

    private static StatementSpread SpreadOf(string? text) => text switch
    {
        null or "none" => StatementSpread.None,
        "by-spend" => StatementSpread.BySpend,
        "even" => StatementSpread.Even,
        "by-weight" => StatementSpread.ByWeight,
        _ => throw CommandFailedException.WrongUsage($"--spread: '{text}' is none of none, by-spend, even, by-weight."),
    };
}
