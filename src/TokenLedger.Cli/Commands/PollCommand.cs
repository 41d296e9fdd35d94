using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Exporting;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Cli.Output;
using TokenLedger.Domain.Charges;
using TokenLedger.Hosting.Composition;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger poll</c>.</summary>
internal static class PollCommand
{
    public const string Example =
        "tokenledger poll --config tokenledger.json\n"
        + "tokenledger poll --from 2026-09-01 --to 2026-10-01 --config tokenledger.json";

    // As long as GitHub keeps AI credits.
    private const int DaysMax = 2 * 366;

    private static readonly Option<DateOnly?> From = CommonOptions.Day(
        "--from", "The first UTC day: every day from here on is asked for, due or not.");
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive (default: today).");

    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("poll", "Ask the configured providers for their bills: what is due now, or a period.")
        {
            From, To, Prices,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var range = RangeOf(context);
        var prices = context.ReadPrices(Prices);
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        await using var storage = await context.OpenStorageAsync();
        var services = new LedgerServices(
            storage, context.Configuration, prices, sources, context.Host.Time);
        if (!services.PollBilling.IsConfigured)
        {
            throw CommandFailedException.WrongUsage(
                "there is no bill to ask for: configure TokenLedger__Sources__0__Kind=github with an Organization, "
                + "Enterprise or User, or =anthropic or =openai with an Organization, and a Token.");
        }

        var outcome = await PollAsync(context, services, range);
        var reports = await ExportAsync(context, services, range);
        var unfinished = await services.ExportReports.ReadUnfinishedAsync(context.Cancellation);
        // What is queued for a service is done here, so that the days are recorded whether one runs or not.
        foreach (var day in DaysOf(outcome, reports))
            await services.ReconcileDay.ExecuteAsync(day, context.Cancellation);
        var table = TableOf(outcome, reports, unfinished);
        context.Results.Tables("tokenledger/poll/v1", table, [table]);
        return outcome.Days.Any(day => day.Refusal is not null) || reports.Any(IsRefused)
            ? ExitCode.SomeInputRejected
            : ExitCode.Done;
    }

    /// <summary>Has reports made behind a progress bar, and waits for them.</summary>
    public static Task<IReadOnlyList<ExportedReport>> ExportAsync(
        CommandContext context, LedgerServices services, (DateOnly From, DateOnly To)? range) =>
        ProgressDisplay.RunAsync(
            context,
            progress => services.ExportReports.ExecuteByHandAsync(
                range, progress is null ? null : new PollBar(progress), context.Cancellation));

    /// <summary>Whether a report was refused; one without rows says that nothing was billed.</summary>
    public static bool IsRefused(ExportedReport report) =>
        report.Refusal is { Code: not ProviderRefusal.NoRows };

    /// <summary>Polls behind a progress bar.</summary>
    public static Task<PollOutcome> PollAsync(
        CommandContext context, LedgerServices services, (DateOnly From, DateOnly To)? range) =>
        ProgressDisplay.RunAsync(
            context,
            progress => services.PollBilling.ExecuteByHandAsync(
                range, progress is null ? null : new PollBar(progress), context.Cancellation));

    private static IEnumerable<DateOnly> DaysOf(
        PollOutcome outcome, IReadOnlyList<ExportedReport> reports) => outcome.Days
        .Where(day => day.IsStored)
        .Select(day => day.Day)
        .Concat(reports
            .Where(report => report.Refusal is null)
            .SelectMany(report => Enumerable
                .Range(0, report.To.DayNumber - report.From.DayNumber)
                .Select(report.From.AddDays)))
        .Distinct()
        .Order();

    private static (DateOnly From, DateOnly To)? RangeOf(CommandContext context)
    {
        var today = DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime);
        if (context.Parse.GetValue(From) is not { } from)
        {
            return context.Parse.GetValue(To) is null
                ? null
                : throw CommandFailedException.WrongUsage("--to without --from: name the first day too.");
        }

        var to = context.Parse.GetValue(To) ?? today;
        if (to <= from)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        // The day after today is today's end.
        if (to > today.AddDays(1))
            throw CommandFailedException.WrongUsage("--to is in the future: correct it, or leave it out.");
        return to.DayNumber - from.DayNumber <= DaysMax
            ? (from, to)
            : throw CommandFailedException.WrongUsage("providers keep a bill for two years: name a shorter period.");
    }

    private static Table TableOf(
        PollOutcome outcome, IReadOnlyList<ExportedReport> reports, IReadOnlyList<BillingAccount> unfinished) => new(
        "Bills asked for",
        [
            new("account", "Account"), new("view", "View"), new("day", "Day"), new("result", "Result"),
            new("note", "Note", Priority: 1),
        ],
        [.. outcome.Days
            .OrderBy(day => day.Account).ThenBy(day => day.View).ThenBy(day => day.Day)
            .Select(day => (IReadOnlyList<Cell>)
            [
                day.Account.Key, ViewOf(day), Text(day.Day), day.Refusal?.Code ?? "kept", day.Refusal?.Message,
            ])
            .Concat(reports.Select(report => (IReadOnlyList<Cell>)
            [
                report.Account.Key, BillViewName.Of(report.View),
                $"{Text(report.From)} to {Text(report.To.AddDays(-1))}",
                report.Refusal?.Code ?? "kept", report.Refusal?.Message,
            ]))],
        Notes: [.. NotesOf(outcome, reports, unfinished)]);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string ViewOf(PolledDay day) =>
        BillViewName.Of(day.View) + (day.Filter.Length == 0 ? "" : $" {day.Filter}");

    private static IEnumerable<string> NotesOf(
        PollOutcome outcome, IReadOnlyList<ExportedReport> reports, IReadOnlyList<BillingAccount> unfinished)
    {
        foreach (var account in unfinished)
        {
            yield return $"GitHub has not made the report of {account.Key} yet: the service, or the next poll, goes on "
                + "with it.";
        }

        if (outcome.Days.Count + reports.Count + unfinished.Count == 0)
            yield return "Nothing is due: with --from and --to days are asked for whether due or not.";
        if (outcome.DaysLeft > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Days not asked for, because their view is refused: {outcome.DaysLeft}. ")
                + "Mend what the notes name and run the same command with --from.";
        }
    }
}
