using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;
using TokenLedger.Cli.Output;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger import-billing</c>.</summary>
internal static class ImportBillingCommand
{
    public const string Example = "tokenledger import-billing ./bills/ai-usage-2026-09.csv --org acme";

    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Bill files, or folders of .csv and .json files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Organization =
        CommonOptions.Text("--org", "ORG", "The organisation billed, where the file does not tell.");
    private static readonly Option<string?> Enterprise =
        CommonOptions.Text("--enterprise", "NAME", "The enterprise billed.");
    private static readonly Option<string?> User = CommonOptions.Text("--user", "LOGIN", "The user who pays alone.");
    private static readonly Option<string?> CostCenter =
        CommonOptions.Text("--cost-center", "NAME", "The cost centre the file was filtered by.");
    private static readonly Option<DateOnly?> Day =
        CommonOptions.Day("--day", "The UTC day, for answers that name none.");
    private static readonly Option<string?> ChannelName =
        CommonOptions.Text("--channel", "NAME", "Who bills (copilot, openai, …), for a FOCUS file that does not tell.");
    private static readonly Option<string?> ObservedAt =
        CommonOptions.Text("--observed-at", "TIME", "When the bill was read from the provider (default: now).");

    public static Command Create(CliHost host) =>
        new Command("import-billing", "Take bills of GitHub and model providers into the ledger.")
        {
            Paths, Organization, Enterprise, User, CostCenter, Day, ChannelName, ObservedAt,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var paths = InputPaths.Existing(parse.GetRequiredValue(Paths));
        var hints = new BillHints
        {
            Organization = parse.GetValue(Organization),
            Enterprise = parse.GetValue(Enterprise),
            User = parse.GetValue(User),
            CostCenter = parse.GetValue(CostCenter),
            Day = parse.GetValue(Day),
            Channel = parse.GetValue(ChannelName) is { } name ? Channel.FromProvider(name) : null,
        };
        var now = context.Host.Time.GetUtcNow();
        var observedAt = ObservedAtOf(parse.GetValue(ObservedAt)) ?? now;
        // The newest look counts: one from the future would outrank every bill until then. A day is for clocks.
        if (observedAt > now.AddDays(1))
            throw CommandFailedException.WrongUsage("--observed-at is in the future: correct it.");
        await using var storage = await context.OpenStorageAsync();
        var import = new ImportBills(storage.Store, storage.Archive, PriceBookReader.Shipped().Names);
        var outcome = await ProgressDisplay.RunAsync(
            context, progress => import.ExecuteAsync(paths, hints, observedAt, progress, context.Cancellation));
        // For a service on the same ledger. Days known before too: an earlier import may have been ended in between.
        var queue = new DayQueue(
            storage.Queue, storage.Checkpoints, context.Host.Time, context.Configuration.ReconcilingDelay);
        foreach (var day in outcome.Days)
            await queue.AddAsync(day, context.Cancellation);
        var table = TableOf(outcome);
        context.Results.Tables("tokenledger/import/v1", table, [table]);
        foreach (var notice in outcome.Notices)
            context.Results.Say($"{notice.Code}: {notice.Message}");
        context.Results.Problems(outcome.Problems);
        return outcome.Problems.Count > 0 ? ExitCode.SomeInputRejected : ExitCode.Done;
    }

    private static DateTimeOffset? ObservedAtOf(string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : throw CommandFailedException.WrongUsage(
                $"--observed-at: '{text}' is no time; write it as 2026-09-12T06:00:00Z.");
    }

    private static Table TableOf(ImportOutcome outcome) => new(
        "Bills imported",
        [
            new("path", "File"), new("format", "Format", Priority: 1), new("accounts", "Account", Priority: 2),
            new("firstDay", "From"), new("lastDay", "To (incl.)"), new("rows", "Rows", ColumnKind.Count),
            new("daysStored", "New days", ColumnKind.Count), new("daysKnown", "Known days", ColumnKind.Count, 3),
            new("billedGrossUsd", "Gross USD", ColumnKind.Usd),
        ],
        [.. outcome.Files.Select(file => (IReadOnlyList<Cell>)
        [
            Path.GetFileName(file.Path), file.Format ?? "not recognised", string.Join(", ", file.Accounts),
            Text(file.FirstDay),
            Text(file.LastDay), (long?)file.Rows, (long?)file.DaysStored, (long?)file.DaysKnown,
            (decimal?)AiCredits.UsdFromNanoCredits(file.GrossNanoCredits),
        ])],
        Notes: ["Views of one bill show the same money: files are never added together."]);

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
