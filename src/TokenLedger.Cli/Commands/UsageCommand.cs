using System.CommandLine;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Application.Turns;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger usage</c>.</summary>
internal static class UsageCommand
{
    public const string Example = "tokenledger usage --by model --from 2026-09-01 --to 2026-10-01\n"
        + "tokenledger usage --by turn --run 4711 --turns-file token-usage-by-turn.jsonl";

    // Each run's raw files are read again, and every turn is a row.
    private const int RunsByTurnMax = 1_000;

    // A run has some twenty turns; each row takes 5 KB until it is written.
    private const int TurnsMax = 200_000;

    private static readonly Option<UsageGrouping> By = new("--by")
    {
        Description = "run, workflow, repository, model, day or turn.",
        HelpName = "WHAT",
        DefaultValueFactory = _ => UsageGrouping.Workflow,
        CustomParser = result => CommonOptions.ParseName<UsageGrouping>(result),
    };

    private static readonly Option<long?> RunId = CommonOptions.Number("--run", "ID", "Only the run of this id.");
    private static readonly Option<string?> TurnsPath = CommonOptions.Text(
        "--turns-file", "FILE", "With --by turn: write the turns as JSON lines too (token-usage-by-turn.jsonl).");

    private static readonly RunFilter Filter = new();
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host)
    {
        var command = new Command("usage", "Sum the runs' tokens and estimates, before any bill.")
        {
            By, RunId, TurnsPath, Prices,
        };
        Filter.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var grouping = context.Parse.GetValue(By);
        Check(context, grouping);
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var runs = RunsAsync(context, ledger.Store);
        if (grouping == UsageGrouping.Turn)
        {
            var read = new ReadTurns(ledger.Store, ledger.Archive, prices);
            WriteTurns(context, await TurnsAsync(context, read, runs));
            return ExitCode.Done;
        }

        var slices = new List<PricedSlice>();
        var isKnown = false;
        await foreach (var run in runs)
        {
            isKnown = true;
            slices.AddRange(SlicePricing.Price(run, prices).Where(slice => Filter.Includes(context, slice.Day)));
        }

        RefuseUnknownRun(context, isKnown);
        if (slices.Count == 0)
            RunFilter.ExplainNothing(context);
        var table = UsageTable.Of(slices, grouping);
        context.Results.Tables("tokenledger/usage/v1", table, [table]);
        return ExitCode.Done;
    }

    private static void Check(CommandContext context, UsageGrouping grouping)
    {
        var isByTurn = grouping == UsageGrouping.Turn;
        if (context.Parse.GetValue(TurnsPath) is { } path)
        {
            if (!isByTurn)
                throw CommandFailedException.WrongUsage("--turns-file holds turns: say --by turn with it.");
            context.RefuseLedgerAsOutput("--turns-file", path);
            if (context.Results.OutputPath is { } output
                && string.Equals(Path.GetFullPath(path), Path.GetFullPath(output), StringComparison.Ordinal))
                throw CommandFailedException.WrongUsage("--turns-file and --output are one file: name two.");
        }

        if (isByTurn && context.Parse.GetValue(RunId) is null && !Filter.HasPeriod(context))
        {
            throw CommandFailedException.WrongUsage(
                "--by turn reads the raw files of every run again: name one with --run, or a period with --from and "
                + "--to.");
        }
    }

    private static IAsyncEnumerable<LedgerRun> RunsAsync(CommandContext context, ILedgerStore store) =>
        Filter.ReadAsync(context, store)
            .Where(run => context.Parse.GetValue(RunId) is not { } id || run.Facts.Key.RunId == id);

    private static void RefuseUnknownRun(CommandContext context, bool isKnown)
    {
        if (!isKnown && context.Parse.GetValue(RunId) is { } id)
        {
            throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"the ledger has no run {id} that matches: check --run, --org, --from, --to and --ledger."));
        }
    }

    private static async Task<List<PricedTurn>> TurnsAsync(
        CommandContext context, ReadTurns read, IAsyncEnumerable<LedgerRun> attempts)
    {
        var runs = new Dictionary<(string Host, long RunId), List<LedgerRun>>();
        await foreach (var attempt in attempts)
        {
            var key = (attempt.Facts.Key.Host, attempt.Facts.Key.RunId);
            if (!runs.TryGetValue(key, out var known))
                runs.Add(key, known = []);
            known.Add(attempt);
            if (runs.Count > RunsByTurnMax)
            {
                throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                    $"the period has over {RunsByTurnMax} runs, and --by turn reads the raw files of each: ")
                    + "name a shorter one, or --org.");
            }
        }

        RefuseUnknownRun(context, runs.Count > 0);
        var turns = new List<PricedTurn>();
        foreach (var ((host, runId), run) in runs)
        {
            var found = await read.ExecuteAsync(run, day => Filter.Includes(context, day), context.Cancellation);
            turns.AddRange(found.Turns);
            if (turns.Count > TurnsMax)
            {
                throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                    $"there are over {TurnsMax} turns: name a shorter period, or one run with --run."));
            }

            if (found.IsArchiveGone && found.Turns.Count > 0)
            {
                context.Results.Say(FormattableString.Invariant(
                    $"run {host}/{runId}: its raw files are gone, so its turns are not known (turns-archive-gone)."));
            }
            else if (found.UnreadRequests > 0)
            {
                context.Results.Say(FormattableString.Invariant(
                    $"run {host}/{runId}: {found.UnreadRequests} requests are counted otherwise by its raw files, ")
                    + "so they are in no turn: run 'tokenledger rebuild' (turns-rows-differ).");
            }
        }

        return turns;
    }

    private static void WriteTurns(CommandContext context, List<PricedTurn> turns)
    {
        if (turns.Count == 0)
            RunFilter.ExplainNothing(context);
        if (context.Parse.GetValue(TurnsPath) is { } path)
            context.Results.WriteFile(path, stream => TurnsFile.Write(stream, turns));
        var table = TurnTable.Of(turns);
        context.Results.Tables("tokenledger/usage-by-turn/v1", table, [table]);
    }
}
