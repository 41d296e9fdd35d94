using System.CommandLine;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;
using TokenLedger.Cli.Demo;
using TokenLedger.Cli.Output;
using TokenLedger.Hosting.Configuration;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Archive;

namespace TokenLedger.Cli.Commands;

/// <summary>
/// <c>tokenledger demo</c>: the whole way from logs and bills to the artifact, on samples and at a fixed time.
/// </summary>
internal static class DemoCommand
{
    public const string Example = "tokenledger demo --output ./demo";

    private const string LedgerName = "demo.db";
    private const string ArtifactName = "reconciliation.json";

    public static Command Create(CliHost host) =>
        new Command("demo", "Ingest, import and reconcile the samples that ship: nothing else is needed.")
            .Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var samples = context.Host.Environment.SamplesFolder;
        var manifest = DemoManifest.Read(Path.Combine(samples, "demo.json"));
        var folder = context.Results.OutputPath is { } asked
            ? Directory.CreateDirectory(asked).FullName
            : Directory.CreateTempSubdirectory("tokenledger-demo-").FullName;
        var ledger = Path.Combine(folder, LedgerName);
        RemoveEarlierDemo(ledger);
        var time = new FixedTime(manifest.Now);
        var prices = PriceBookReader.Shipped();
        await using var storage = new SqliteLedgerStorage(ledger, time);
        var (store, archive) = (storage.Store, storage.Archive);
        var ingested = await ProgressDisplay.RunAsync(context, progress => new IngestEvidence(store, archive, prices)
            .ExecuteAsync(
                [.. manifest.Evidence.Select(path => Path.Combine(samples, path))], new IdentityHints(), progress,
                context.Cancellation));
        var rejected = new List<Ingestion.InputProblem>(ingested.Problems);
        foreach (var bill in manifest.Imports)
        {
            var imported = await new ImportBills(store, archive, prices.Names).ExecuteAsync(
                [Path.Combine(samples, bill.Path)],
                new BillHints { Organization = manifest.Organization },
                bill.ObservedAt,
                progress: null,
                context.Cancellation);
            rejected.AddRange(imported.Problems);
        }

        var configuration = ConfigurationOf(samples, manifest);
        // As the service does: a recorded day is what explain, settlement and the exports read.
        var recordDay = new ReconcileDay(store, storage.Days, prices, configuration, time);
        for (var day = manifest.From; day < manifest.To; day = day.AddDays(1))
            await recordDay.ExecuteAsync(day, context.Cancellation);
        var period = await new ReconcilePeriod(store, storage.Days, prices, configuration).ExecuteAsync(
            new ReconciliationScope(ScopeKind.Organization, manifest.Organization),
            manifest.From,
            manifest.To,
            manifest.Now,
            context.Cancellation)
            ?? throw new CommandFailedException(
                ExitCode.Failed, $"{samples} holds no runs: install tokenledger again.");
        Report(context, BuildArtifact.Execute(period, manifest.Now), rejected, Path.Combine(folder, ArtifactName),
            ledger);
        return ExitCode.Done;
    }

    // The demo's own and nothing of the user's, so that it prints the same everywhere.
    private static LedgerConfiguration ConfigurationOf(string samples, DemoManifest manifest) =>
        manifest.Config is { } name
        ? ConfigurationReader.Read(Path.Combine(samples, name), new Dictionary<string, string>(StringComparer.Ordinal))
        : new LedgerConfiguration();

    private static void Report(
        CommandContext context,
        ReconciliationDocument document,
        IReadOnlyList<Ingestion.InputProblem> rejected,
        string artifact,
        string ledger)
    {
        if (context.Results.Format == OutputFormat.Json)
            context.Results.Artifact(document);
        else
        {
            context.Host.Out.Write(
                context.Results.Render(document.Schema, () => ReconciliationTables.Runs(document), Tables));
        }

        context.Results.WriteFile(artifact, file => BuildArtifact.Write(document, file));
        context.Results.Say($"the demo's ledger is {ledger}; prove the sums with: tokenledger verify {artifact}");

        IReadOnlyList<Table> Tables() => rejected.Count == 0
            ? ReconciliationTables.Of(document)
            :
            [
                .. ReconciliationTables.Of(document),
                ProblemTable.Of("Rejected input (kept in the ledger, everything else went on)", rejected),
            ];
    }

    // The names are the demo's own, so a demo in the same folder starts afresh and touches nothing else.
    private static void RemoveEarlierDemo(string ledger)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(ledger + suffix);
        if (Directory.Exists(FolderLogArchive.FolderOf(ledger)))
            Directory.Delete(FolderLogArchive.FolderOf(ledger), recursive: true);
    }
}
