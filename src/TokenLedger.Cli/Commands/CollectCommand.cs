using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Cli.Output;
using TokenLedger.Hosting.Composition;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger collect</c>.</summary>
internal static class CollectCommand
{
    public const string Example =
        "TokenLedger__GitHub__Token=... tokenledger collect --repo acme/api --since 2026-09-01\n"
        + "tokenledger collect --org acme --since 2026-09-01 --until 2026-10-01 --config tokenledger.json";

    private static readonly Option<string?> Organization = CommonOptions.Text(
        "--org", "ORG", "Every repository of this organisation that the App or token sees.");
    private static readonly Option<string?> Repository =
        CommonOptions.Text("--repo", "OWNER/NAME", "One repository.");
    private static readonly Option<DateOnly?> Since =
        CommonOptions.Day("--since", "The first UTC day of the runs' creation.", isRequired: true);
    private static readonly Option<DateOnly?> Until =
        CommonOptions.Day("--until", "The UTC day after the last one (default: now).");
    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host) =>
        new Command("collect", "Take the artifacts of GitHub's agent runs into the ledger.")
        {
            Organization, Repository, Since, Until, Prices,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var request = RequestOf(context);
        var time = context.Host.Time;
        var prices = context.ReadPrices(Prices);
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), time);
        if (!sources.Runs.IsConfigured)
        {
            throw CommandFailedException.WrongUsage(
                "there is nothing to ask GitHub with: set TokenLedger__GitHub__Token, or TokenLedger__GitHub__AppId "
                + "and TokenLedger__GitHub__PrivateKey.");
        }

        await using var storage = await context.OpenStorageAsync();
        var services = new LedgerServices(storage, context.Configuration, prices, sources, time);
        var (repositories, refusal) = await ProgressDisplay.RunAsync(
            context,
            progress => services.CollectPeriod.ExecuteAsync(
                request, progress is null ? null : new CollectBar(progress), context.Cancellation));
        if ((refusal ?? ScopeRefusal(repositories!)) is { } refused)
            throw new CommandFailedException(ExitOf(refused), refused.Message);
        var tables = Tables(repositories!);
        context.Results.Tables("tokenledger/collect/v1", tables, [tables]);
        var problems = repositories!.SelectMany(repository => repository.Problems).Where(IsRejection).ToList();
        context.Results.Problems(problems);
        var isWhole = problems.Count == 0
            && repositories!.All(repository => repository is { Refused: 0, Refusal: null, Note: null });
        return isWhole ? ExitCode.Done : ExitCode.SomeInputRejected;
    }

    private static CollectRequest RequestOf(CommandContext context)
    {
        var parse = context.Parse;
        var (organization, repository) = (parse.GetValue(Organization), parse.GetValue(Repository));
        if (organization is null == repository is null)
            throw CommandFailedException.WrongUsage("name --org ORG or --repo OWNER/NAME, one of them.");
        // The rules of names are those of a run's: attempt and run id stand in for what a repository has none of.
        if (repository is not null && RunIdentity.Of(context.Configuration.GitHub.Host, repository, 1, 1) is null)
            throw CommandFailedException.WrongUsage($"--repo: '{repository}' is not OWNER/NAME.");
        if (organization is not null && RunIdentity.Of("github.com", organization + "/x", 1, 1) is null)
            throw CommandFailedException.WrongUsage($"--org: '{organization}' is no organisation's name.");
        var now = context.Host.Time.GetUtcNow();
        var from = StartOf(parse.GetValue(Since)!.Value);
        if (from > now)
            throw CommandFailedException.WrongUsage("--since is in the future: correct it.");
        if (parse.GetValue(Until) is not { } until)
            return new CollectRequest(organization, repository, from, now);
        // The day after today is today's end.
        if (StartOf(until) > now.AddDays(1))
            throw CommandFailedException.WrongUsage("--until is in the future: correct it, or leave it out.");
        if (StartOf(until) <= from)
            throw CommandFailedException.WrongUsage("--until is not after --since: it is the day after the last one.");
        return new CollectRequest(organization, repository, from, StartOf(until));
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    // As when the list of repositories is refused: nothing of what was named can be asked about.
    private static ProviderRefusal? ScopeRefusal(IReadOnlyList<CollectedRepository> repositories) =>
        repositories.Count > 0
        && repositories.All(repository => repository is { Runs: 0, Unfinished: 0, Refusal: not null })
            ? repositories[0].Refusal
            : null;

    // A name, a permission or a token can be corrected; a server that is down cannot.
    private static int ExitOf(ProviderRefusal refusal) => refusal.Code
        is ProviderRefusal.Unauthorized or ProviderRefusal.Forbidden or ProviderRefusal.NotFound
        or ProviderRefusal.NoCredential or ProviderRefusal.Rejected
            ? ExitCode.WrongUsage
            : ExitCode.Failed;

    // An expired artifact has its own column.
    private static bool IsRejection(InputProblem problem) =>
        !string.Equals(problem.Code, CollectionProblems.ExpiredCode, StringComparison.Ordinal);

    private static Table Tables(IReadOnlyList<CollectedRepository> repositories)
    {
        var shown = repositories.Where(IsToShow).ToList();
        var without = repositories.Count - shown.Count;
        return new Table(
            "Runs collected",
            [
                new("repository", "Repository"),
                new("runs", "Runs found", ColumnKind.Count), new("known", "Known before", ColumnKind.Count, 2),
                new("collected", "Collected", ColumnKind.Count),
                new("withoutTelemetry", "No telemetry", ColumnKind.Count),
                new("expired", "Expired", ColumnKind.Count), new("refused", "Refused", ColumnKind.Count),
                new("unfinished", "Unfinished", ColumnKind.Count, 3), new("note", "Note", Priority: 1),
            ],
            [.. shown.Select(Row)],
            Totals: shown.Count > 1 ? Row(Sum(shown)) : null,
            Notes: [.. Notes(shown, without)]);
    }

    private static bool IsToShow(CollectedRepository repository) =>
        repository.Runs > 0 || repository.Unfinished > 0 || repository.Note is not null;

    private static IReadOnlyList<Cell> Row(CollectedRepository repository) =>
    [
        repository.Repository, (long?)repository.Runs, (long?)repository.Known, (long?)repository.Collected,
        (long?)repository.WithoutTelemetry, (long?)repository.Expired, (long?)repository.Refused,
        (long?)repository.Unfinished, repository.Note,
    ];

    private static CollectedRepository Sum(IReadOnlyList<CollectedRepository> repositories) => new("Total")
    {
        Runs = repositories.Sum(repository => repository.Runs),
        Known = repositories.Sum(repository => repository.Known),
        Collected = repositories.Sum(repository => repository.Collected),
        WithoutTelemetry = repositories.Sum(repository => repository.WithoutTelemetry),
        Expired = repositories.Sum(repository => repository.Expired),
        Refused = repositories.Sum(repository => repository.Refused),
        Unfinished = repositories.Sum(repository => repository.Unfinished),
    };

    private static IEnumerable<string> Notes(IReadOnlyList<CollectedRepository> shown, int without)
    {
        if (without > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Repositories without an agent run in the period: {without}.");
        }

        if (shown.Any(repository => repository.Unfinished > 0))
            yield return "Runs that have not ended are not collected: run the same command again later.";
        if (shown.Any(repository => repository.Refused > 0 || repository.Refusal is not null))
            yield return "Mend what the notes name and run the same command again: what is known is not asked again.";
        if (shown.Any(repository => repository.WithoutTelemetry == repository.Runs && repository.Runs > 0))
            yield return "A repository without any telemetry may not upload its token logs as artifacts.";
    }
}
