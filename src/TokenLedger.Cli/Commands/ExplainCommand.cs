using System.CommandLine;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger explain</c>.</summary>
internal static class ExplainCommand
{
    public const string Example =
        "tokenledger explain acme/webshop/runs/19384756201\n"
        + "tokenledger explain acme/webshop --from 2026-09-01 --to 2026-10-01\n"
        + "tokenledger explain 2026-09-14 --org acme";

    // As in 'settlement': a month, and the days until it closes.
    private const int DaysBack = 35;

    private static readonly Argument<string> Subject = new("subject")
    {
        Description = "What to explain: " + ExplanationSubject.Forms + ".",
        HelpName = "RUN|REPO|WORKFLOW|DAY|CHARGE",
    };

    private static readonly Option<string?> Repository =
        CommonOptions.Text("--repo", "OWNER/NAME", "The repository of a run that is named by its id alone.");
    private static readonly Option<string?> GitHubHost =
        CommonOptions.Text("--host", "HOST", "The GitHub host (default: github.com).");
    private static readonly Option<string?> Organization =
        CommonOptions.Text("--org", "ORG", "Of a day, only this organisation's account (default: every account).");
    private static readonly Option<string?> Enterprise =
        CommonOptions.Text("--enterprise", "NAME", "Of a day, only this enterprise's account.");
    private static readonly Option<DateOnly?> From = CommonOptions.Day(
        "--from",
        "Of a repository or workflow, the first UTC day, inclusive (default: 35 days before --to); of a charge, where "
        + "to look for it.");
    private static readonly Option<DateOnly?> To = CommonOptions.Day(
        "--to", "The last UTC day, exclusive (default: tomorrow).");
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("explain", "Tell how a figure came about: tokens, prices, lines of the bill, method, grade.")
        {
            Subject, Repository, GitHubHost, Organization, Enterprise, From, To, Prices,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var request = RequestOf(context);
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var document = await new Explain(ledger.Store, ledger.Days, prices, context.Configuration)
            .ExecuteAsync(request, context.Cancellation)
            ?? throw CommandFailedException.WrongUsage(NothingOf(request));
        context.Results.Explanation(document);
        return ExitCode.Done;
    }

    private static ExplanationRequest RequestOf(CommandContext context)
    {
        var parse = context.Parse;
        var subject = SubjectOf(parse);
        var isPeriod = subject.Kind is ExplanationSubjectKind.Repository or ExplanationSubjectKind.Workflow;
        var takesPeriod = isPeriod || subject.Kind == ExplanationSubjectKind.Charge;
        Refuse(parse, !takesPeriod, "the subject has days of its own: leave --from and --to out.", From, To);
        Refuse(
            parse, subject.Kind != ExplanationSubjectKind.Day,
            "--org and --enterprise choose the account of a day: leave them out.", Organization, Enterprise);
        var today = DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime);
        var to = parse.GetValue(To) ?? (isPeriod ? today.AddDays(1) : DateOnly.MaxValue);
        var from = parse.GetValue(From)
            ?? (isPeriod && to.DayNumber > DaysBack ? to.AddDays(-DaysBack) : DateOnly.MinValue);
        if (to <= from)
            throw CommandFailedException.WrongUsage("--to is exclusive and must be after --from.");
        return new ExplanationRequest(subject, from, to)
        {
            Host = parse.GetValue(GitHubHost)?.ToLowerInvariant() ?? RunKey.PublicHost,
            Account = (parse.GetValue(Organization), parse.GetValue(Enterprise)) switch
            {
                (null, null) => null,
                ({ } name, null) => new ReconciliationScope(ScopeKind.Organization, name),
                (null, { } name) => new ReconciliationScope(ScopeKind.Enterprise, name),
                _ => throw CommandFailedException.WrongUsage(
                    "name one account at most: --org ORG or --enterprise NAME."),
            },
        };
    }

    private static ExplanationSubject SubjectOf(ParseResult parse)
    {
        var text = parse.GetRequiredValue(Subject);
        var subject = ExplanationSubject.Parse(text)
            ?? throw CommandFailedException.WrongUsage($"'{text}' is none of {ExplanationSubject.Forms}.");
        if (parse.GetValue(Repository) is not { } repository)
            return subject;
        return subject is { Kind: ExplanationSubjectKind.Run, Repository: null }
            ? ExplanationSubject.OfRun(subject.Host, repository, subject.RunId)
                ?? throw CommandFailedException.WrongUsage($"--repo: '{repository}' is no repository (OWNER/NAME).")
            : throw CommandFailedException.WrongUsage("--repo goes with a run's id alone: leave it out.");
    }

    private static void Refuse(ParseResult parse, bool isRefused, string why, params ReadOnlySpan<Option> options)
    {
        if (!isRefused)
            return;
        foreach (var option in options)
        {
            if (parse.GetResult(option) is { Implicit: false })
                throw CommandFailedException.WrongUsage(why);
        }
    }

    private static string NothingOf(ExplanationRequest request) => request.Subject.Kind switch
    {
        ExplanationSubjectKind.Run =>
            $"the ledger has no run {request.Subject.Name}: 'tokenledger runs' lists those it has.",
        ExplanationSubjectKind.Day =>
            $"nothing of {request.Subject.Name} is recorded of that account: 'tokenledger settlement' lists accounts "
            + "and days.",
        ExplanationSubjectKind.Charge =>
            $"the ledger has no charge {request.Subject.Name}: 'tokenledger reconcile --format json' lists them.",
        _ => FormattableString.Invariant(
            $"nothing is known of {request.Subject.Name} from {request.From:yyyy-MM-dd} to {request.To:yyyy-MM-dd}: ")
            + "check the name and the days.",
    };
}
