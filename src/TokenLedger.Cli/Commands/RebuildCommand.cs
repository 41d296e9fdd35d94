using System.CommandLine;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Rebuilding;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Records;
using TokenLedger.Application.Reports;
using TokenLedger.Cli.Output;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Archive;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger rebuild</c>.</summary>
internal static class RebuildCommand
{
    public const string Example = "tokenledger rebuild --ledger tokenledger.db --config tokenledger.json";

    private static readonly Option<string?> Organization = CommonOptions.Text(
        "--org", "ORG", "The organisation billed, of files kept before it was noted how they were taken.");
    private static readonly Option<string?> Enterprise =
        CommonOptions.Text("--enterprise", "NAME", "The enterprise billed, of such files.");
    private static readonly Option<string?> User =
        CommonOptions.Text("--user", "LOGIN", "The user who pays alone, of such files.");
    private static readonly Option<string?> ChannelName =
        CommonOptions.Text("--channel", "NAME", "Who bills, of such FOCUS files.");
    private static readonly Option<string?> DecisionsFrom = CommonOptions.Text(
        "--decisions-from", "LEDGER", "An older ledger's file, to take over what people decided in it.");
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("rebuild", "Make every table again of the raw files; what is there and right stays.")
        {
            Organization, Enterprise, User, ChannelName, DecisionsFrom, Prices,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        if (!context.IsOnAzure && !File.Exists(context.LedgerPath)
            && !Directory.Exists(FolderLogArchive.FolderOf(context.LedgerPath)))
        {
            throw CommandFailedException.WrongUsage(
                $"there are no raw files beside {context.LedgerPath}: put the folder {context.LedgerPath}.files there, "
                + "or name another ledger with --ledger.");
        }

        var older = parse.GetValue(DecisionsFrom);
        if (older is not null && !File.Exists(older))
        {
            throw CommandFailedException.WrongUsage(
                $"there is no ledger at {older}: name the file of an older ledger with --decisions-from.");
        }

        var hints = new BillHints
        {
            Organization = parse.GetValue(Organization),
            Enterprise = parse.GetValue(Enterprise),
            User = parse.GetValue(User),
            Channel = parse.GetValue(ChannelName) is { } name ? Channel.FromProvider(name) : null,
        };
        var prices = context.ReadPrices(Prices);
        await using var storage = await context.OpenStorageAsync();
        var rebuild = new RebuildLedger(
            storage,
            new FoldRun(storage.Store, storage.Archive, prices),
            new TakeBill(storage.Store, storage.Archive, prices.Names),
            new ReconcileDay(storage.Store, storage.Days, prices, context.Configuration, context.Host.Time));
        var outcome = await ProgressDisplay.RunAsync(
            context, progress => rebuild.ExecuteAsync(hints, progress, context.Cancellation));
        var carried = older is null ? null : await CarryAsync(context, older, storage.Records);
        var table = TableOf(outcome, await RebuildOutcomesAsync(context, storage), carried);
        context.Results.Tables("tokenledger/rebuild/v1", table, [table]);
        context.Results.Problems(outcome.Problems);
        return outcome.Problems.Count > 0 ? ExitCode.SomeInputRejected : ExitCode.Done;
    }

    private static async Task<(int Linked, int Outcomes)> RebuildOutcomesAsync(
        CommandContext context, ILedgerStorage storage) => await new RebuildOutcomes(
            storage.Store, storage.Archive, storage.ArchiveWalk, storage.OutcomeArchive, storage.Records)
            .ExecuteAsync(context.Cancellation);

    private static async Task<CarriedDecisions> CarryAsync(CommandContext context, string older, IRecords records)
    {
        await using var from = new SqliteLedgerStorage(older, context.Host.Time);
        return await new CarryDecisions(RecordTables.All).ExecuteAsync(from.Records, records, context.Cancellation);
    }

    private static Table TableOf(
        RebuildOutcome outcome, (int Linked, int Outcomes) work, CarriedDecisions? carried) => new(
        "Made again of the raw files",
        [
            new("what", "What"), new("found", "Found", ColumnKind.Count), new("made", "Made again", ColumnKind.Count),
        ],
        [
            ["runs", (long?)outcome.Runs, (long?)outcome.RunsMade],
            ["bills, and the looks at days in them", (long?)outcome.Bills, (long?)outcome.LooksMade],
            ["days, and accounts' days in them", (long?)outcome.Days, (long?)outcome.DaysMade],
            ["outcomes, and runs that were linked", (long?)work.Outcomes, (long?)work.Linked],
            .. carried is null
                ? Array.Empty<IReadOnlyList<Cell>>()
                : [["decisions, and those taken over", (long?)carried.Found, (long?)carried.Taken]],
        ]);
}
