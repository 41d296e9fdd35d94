using System.CommandLine;
using TokenLedger.Application.Findings;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger findings</c>.</summary>
internal static class FindingsCommand
{
    public const string Example =
        "tokenledger findings --from 2026-09-01 --to 2026-10-01 --org acme\n"
        + "tokenledger findings --code retry-loop --fail-on finding";

    // What a week's rules look at, and the days whose logs come late.
    private const int DaysBack = 7;

    // A quarter: each day is looked at whole.
    private const int DaysMax = 92;

    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first UTC day, inclusive (default: 7 days before --to).");
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive (default: tomorrow).");
    private static readonly Option<string?> Organization =
        CommonOptions.Text("--org", "ORG", "Only findings of this organisation.");
    private static readonly Option<string?> Repository =
        CommonOptions.Text("--repo", "OWNER/NAME", "Only findings of this repository; * stands for any text.");
    private static readonly Option<string?> Workflow =
        CommonOptions.Text("--workflow", "PATH", "Only findings of this workflow file; * stands for any text.");
    private static readonly Option<string?> Code =
        CommonOptions.Text("--code", "CODE", "Only findings of this code.");
    private static readonly Option<string?> FailOn =
        CommonOptions.Text("--fail-on", "finding", "Exit 4 when an open finding is listed.");
    private static readonly Option<bool> All =
        new("--all") { Description = "List those that are acknowledged, dismissed or gone too." };

    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("findings", "Find patterns in runs and bills that cost money.")
        {
            From, To, Organization, Repository, Workflow, Code, FailOn, All, Prices,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var (from, to) = PeriodOf(context);
        if (parse.GetValue(Code) is { } code && !FindingCodes.All.Contains(code, StringComparer.Ordinal))
        {
            throw CommandFailedException.WrongUsage(
                $"--code: '{code}' is none of {string.Join(", ", FindingCodes.All)}.");
        }

        if (parse.GetValue(FailOn) is not (null or "finding"))
            throw CommandFailedException.WrongUsage($"--fail-on: '{parse.GetValue(FailOn)}' is not finding.");
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        await FindAsync(context, ledger, prices, from, to);
        var listed = await new ReadFindings(ledger.Records)
            .ExecuteAsync(from, to, context.Cancellation)
            .Where(finding => Includes(parse, finding))
            .ToListAsync(context.Cancellation);
        context.Results.Tables(
            "tokenledger/findings/v1",
            () => FindingReport.Whole(listed), () => [FindingReport.ForPeople(listed)]);
        var open = listed.Count(finding => finding.Status == FindingStatus.Open);
        if (parse.GetValue(FailOn) is null || open == 0)
            return ExitCode.Done;
        context.Host.Error.Write(FormattableString.Invariant(
            $"tokenledger: --fail-on finding: {open} open findings.\n"));
        return ExitCode.LimitCrossed;
    }

    private static Task FindAsync(
        CommandContext context, ILedgerStorage ledger, PriceBook prices, DateOnly from, DateOnly to) =>
        new FindPatterns(
            ledger.Store, ledger.Days, ledger.Archive, ledger.Records, prices, context.Configuration, context.Host.Time)
            .ExecuteAsync(
                [.. Enumerable.Range(0, to.DayNumber - from.DayNumber).Select(from.AddDays)], context.Cancellation);

    private static (DateOnly From, DateOnly To) PeriodOf(CommandContext context)
    {
        var today = DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime);
        var to = context.Parse.GetValue(To) ?? (today < DateOnly.MaxValue ? today.AddDays(1) : today);
        var from = context.Parse.GetValue(From) ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - DaysBack));
        if (to <= from)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        return to.DayNumber - from.DayNumber <= DaysMax
            ? (from, to)
            : throw CommandFailedException.WrongUsage(
                FormattableString.Invariant($"--from and --to are over {DaysMax} days apart: ask for a part."));
    }

    private static bool Includes(ParseResult parse, StoredFinding stored)
    {
        var finding = stored.Finding;
        return (parse.GetValue(All) || stored.Status == FindingStatus.Open)
            && (parse.GetValue(Code) is not { } code || string.Equals(code, finding.Code, StringComparison.Ordinal))
            && TextPattern.Matches(parse.GetValue(Repository), finding.Repository)
            && TextPattern.Matches(parse.GetValue(Workflow), finding.WorkflowPath)
            && (parse.GetValue(Organization) is not { } organization
                || string.Equals(OwnerOf(finding), organization, StringComparison.OrdinalIgnoreCase));
    }

    // An account's finding is that of the organisation whose name its key ends with.
    private static string OwnerOf(Finding finding) =>
        finding.Repository?.Split('/')[0] ?? finding.Subject[(finding.Subject.LastIndexOf(':') + 1)..];
}
