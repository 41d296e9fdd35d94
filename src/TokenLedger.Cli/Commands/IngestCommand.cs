using System.CommandLine;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;
using TokenLedger.Cli.Output;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger ingest</c>.</summary>
internal static class IngestCommand
{
    public const string Example = "tokenledger ingest ./run-logs --repo acme/api --run-id 17350001";

    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Files, folders, .zip artifacts, or the output of 'gh aw logs --json'.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Repository =
        CommonOptions.Text("--repo", "OWNER/NAME", "The repository, where the evidence does not tell.");
    private static readonly Option<long?> RunId =
        CommonOptions.Number("--run-id", "ID", "The run id, where the evidence does not tell.");
    private static readonly Option<long?> Attempt =
        CommonOptions.Number("--attempt", "N", "The attempt (default: 1).");
    private static readonly Option<string?> Host =
        CommonOptions.Text("--host", "HOST", "The GitHub host (default: github.com).");
    private static readonly Option<string?> WorkflowPath =
        CommonOptions.Text("--workflow-path", "PATH", "The workflow file, such as .github/workflows/triage.lock.yml.");
    private static readonly Option<string?> PayerText =
        CommonOptions.Text("--payer", "PAYER", "organization, user:LOGIN, key or unknown.");
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("ingest", "Take token logs and other evidence of runs into the ledger.")
        {
            Paths, Repository, RunId, Attempt, Host, WorkflowPath, PayerText, Prices,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var paths = InputPaths.Existing(context.Parse.GetRequiredValue(Paths));
        var hints = HintsOf(context.Parse);
        var prices = context.ReadPrices(Prices);
        await using var storage = await context.OpenStorageAsync();
        var ingest = new IngestEvidence(storage.Store, storage.Archive, prices);
        var outcome = await ProgressDisplay.RunAsync(
            context, progress => ingest.ExecuteAsync(paths, hints, progress, context.Cancellation));
        // For a service on the same ledger.
        var days = new DayQueue(
            storage.Queue, storage.Checkpoints, context.Host.Time, context.Configuration.ReconcilingDelay);
        var update = new UpdateRun(
            storage.Store, new FoldRun(storage.Store, storage.Archive, prices), days, context.Host.Time);
        foreach (var run in outcome.Runs)
            await update.AcceptAsync(run, context.Cancellation);
        var tables = Tables(outcome, prices);
        context.Results.Tables("tokenledger/ingest/v1", tables[0], tables);
        context.Results.Problems(outcome.Problems);
        if (outcome.Contradiction is { } contradiction)
            throw CommandFailedException.WrongUsage($"{contradiction.Source}: {contradiction.Message}");
        if (outcome.Runs.Count == 0 && outcome.BundlesWithoutRun > 0)
            return ExitCode.WrongUsage;
        return outcome.Problems.Count > 0 ? ExitCode.SomeInputRejected : ExitCode.Done;
    }

    private static IdentityHints HintsOf(ParseResult parse)
    {
        Payer? payer = null;
        if (parse.GetValue(PayerText) is { } text)
        {
            payer = Payer.Parse(text)
                ?? throw CommandFailedException.WrongUsage(
                    $"--payer: '{text}' is not organization, user:LOGIN, key or unknown.");
        }

        var repository = parse.GetValue(Repository);
        if (repository is not null
            && (repository.Split('/') is not [var owner, var name] || owner.Length == 0 || name.Length == 0))
            throw CommandFailedException.WrongUsage($"--repo: '{repository}' is not OWNER/NAME.");
        if (parse.GetValue(Attempt) is > int.MaxValue)
            throw CommandFailedException.WrongUsage("--attempt is no number of attempts: correct it.");
        return new IdentityHints
        {
            Host = parse.GetValue(Host),
            Repository = repository,
            RunId = parse.GetValue(RunId),
            Attempt = (int?)parse.GetValue(Attempt),
            WorkflowPath = parse.GetValue(WorkflowPath),
            Payer = payer,
        };
    }

    private static IReadOnlyList<Table> Tables(IngestOutcome outcome, PriceBook prices)
    {
        var runs = outcome.Runs
            .SelectMany(run => run.Attempts)
            .Select(run => (run, SlicePricing.Price(run, prices)))
            .ToList();
        var lines = outcome.Runs.Aggregate(default(LineCounts), (sum, run) => sum + run.Lines);
        var unchanged = outcome.Runs.Count(run => !run.IsChanged);
        var summary = new Table("", [], [], Notes:
        [
            FormattableString.Invariant(
                $"Runs touched: {outcome.Runs.Count}, unchanged: {unchanged}."),
            FormattableString.Invariant(
                $"Files archived: {outcome.FilesArchived}, known before: {outcome.FilesKnown}."),
            FormattableString.Invariant(
                $"Lines: {lines.Total} = {lines.Accepted} accepted + {lines.Duplicate} duplicate")
                + FormattableString.Invariant($" + {lines.Rejected} rejected + {lines.Blank} blank."),
        ]);
        return runs.Count == 0 ? [summary with { Columns = RunTable.Of("", []).Columns }]
            : [RunTable.Of("Runs ingested (AI credits)", runs), summary];
    }
}
