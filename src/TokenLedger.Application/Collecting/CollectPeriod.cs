using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Runs;
using TokenLedger.Application.Sweeping;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>Collects the agent runs of an organisation or repository that were created in a period, at once.</summary>
/// <remarks>
/// Each run is whole in the ledger before the next is begun, so that it may be ended anywhere; doing it again asks
/// about nothing that is known.
/// </remarks>
public sealed class CollectPeriod(
    IRunSource github, CollectRun collect, RecordFinishedRun record, ILedgerStore store, ILogArchive archive,
    CollectionAlerts alerts, LedgerConfiguration configuration, TimeProvider time)
{
    // A million runs and more; what has more is collected in parts.
    private const int QuestionsMax = 100_000;

    private const int ProblemsMax = 1_000;

    private readonly CollectFoundRun collectRun = new(collect, store, archive, time);

    /// <summary>Whether there is anything to ask with.</summary>
    public bool IsConfigured => github.IsConfigured;

    /// <summary>Collects the runs.</summary>
    /// <param name="request">Which runs.</param>
    /// <param name="progress">Told after each run and before each wait; null for nobody.</param>
    /// <param name="cancellation">Ends it between two steps; what was collected stays.</param>
    /// <returns>One entry a repository, or why the repositories are not known.</returns>
    public async Task<ProviderAnswer<IReadOnlyList<CollectedRepository>>> ExecuteAsync(
        CollectRequest request, IProgress<CollectProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (listing, refusal) = await RepositoriesAsync(request, progress, cancellation);
        if (listing is null)
            return refusal!;
        var repositories = listing.Repositories;
        var budget = new QuestionBudget(QuestionsMax);
        var collected = new List<CollectedRepository>();
        foreach (var repository in repositories)
        {
            var at = new CollectProgress(collected.Count + 1, repositories.Count, 0, 0);
            var result = await CollectAsync(repository, request, budget, at, progress, cancellation);
            collected.Add(result);
            // Known runs were not asked about.
            if (result is { Refusal: null, Refused: 0 } && result.Runs > result.Known)
                await alerts.CloseAsync(repository, cancellation);
            // Nobody else is answered either.
            if (result.Refusal is { Code: ProviderRefusal.Unauthorized or ProviderRefusal.RateLimited } stopped)
            {
                collected.AddRange(repositories.Skip(collected.Count).Select(left =>
                    new CollectedRepository(left.FullName) { Refusal = stopped, Note = "not begun" }));
                break;
            }
        }

        if (listing.Missing is { } missing)
        {
            collected.Add(new CollectedRepository($"others of {request.Organization}")
            {
                Refusal = missing,
                Note = missing.Message,
            });
        }

        return collected;
    }

    private async Task<ProviderAnswer<RepositoryListing>> RepositoriesAsync(
        CollectRequest request, IProgress<CollectProgress>? progress, CancellationToken cancellation)
    {
        if (request.Repository?.Split('/') is [var owner, var name])
        {
            return new RepositoryListing(
                [new RepositoryAccess(configuration.GitHub.Host, owner, name, null)], Missing: null);
        }

        var patience = new CollectionPatience(
            until => progress?.Report(new CollectProgress(0, 0, 0, 0, until)), time);
        for (var waits = 0; ; waits++)
        {
            var answer = await github.ListRepositoriesAsync(request.Organization, cancellation);
            if (answer.Refusal is not { } refusal || !await patience.WaitAsync(refusal, waits, cancellation))
                return answer;
        }
    }

    private async Task<CollectedRepository> CollectAsync(
        RepositoryAccess repository, CollectRequest request, QuestionBudget budget, CollectProgress at,
        IProgress<CollectProgress>? progress, CancellationToken cancellation)
    {
        var result = new CollectedRepository(repository.FullName);
        var patience = new CollectionPatience(until => progress?.Report(at with { WaitsUntil = until }), time);
        // The period's end is exclusive, GitHub's inclusive.
        var (from, to) = (request.From, request.To - TimeSpan.FromSeconds(1));
        for (var waits = 0; from <= to && !budget.IsSpent;)
        {
            var refused = (ProviderRefusal?)null;
            await foreach (var slice in new RunWalk(github).ReadAsync(repository, from, to, budget, cancellation))
            {
                refused = slice.Refusal;
                if (refused is not null)
                    break;
                at = at with { Found = at.Found + slice.Runs.Count(IsFinishedAgents) };
                result = slice.IsCut
                    ? result with { Note = "more runs in one second than GitHub lists" }
                    : result;
                foreach (var found in slice.Runs.Where(found => record.IsAgents(found.Facts)))
                {
                    result = await AddAsync(result, repository, found, patience, cancellation);
                    if (result.Refusal is not null)
                        return result;
                    if (found.IsFinished)
                        at = at with { Done = at.Done + 1 };
                    progress?.Report(at);
                }

                (from, waits) = (slice.To + TimeSpan.FromSeconds(1), 0);
            }

            if (refused is not null && !await patience.WaitAsync(refused, waits++, cancellation))
                return result with { Refusal = refused, Note = refused.Message };
        }

        return from <= to ? result with { Note = "too many runs for one command: name a shorter period" } : result;
    }

    private bool IsFinishedAgents(FoundRun found) => found.IsFinished && record.IsAgents(found.Facts);

    private async Task<CollectedRepository> AddAsync(
        CollectedRepository result, RepositoryAccess repository, FoundRun found, CollectionPatience patience,
        CancellationToken cancellation)
    {
        if (!found.IsFinished)
            return result with { Unfinished = result.Unfinished + 1 };
        var run = await collectRun.RunAsync(found, repository.InstallationId, patience, cancellation);
        return result with
        {
            Runs = result.Runs + 1,
            Known = result.Known + (run.IsKnown ? 1 : 0),
            Collected = result.Collected + (run.State == CollectionState.Collected ? 1 : 0),
            WithoutTelemetry = result.WithoutTelemetry + (run.State == CollectionState.NoTelemetry ? 1 : 0),
            Expired = result.Expired + (run.State == CollectionState.TelemetryExpired ? 1 : 0),
            Refused = result.Refused + (run.State == CollectionState.Refused ? 1 : 0),
            Note = run.Note ?? result.Note,
            Refusal = IsOfAllRuns(run.Refusal) ? run.Refusal : null,
            Problems = AddUpTo(result.Problems, run.Problems),
        };
    }

    // A run that is gone says nothing of the next.
    private static bool IsOfAllRuns(ProviderRefusal? refusal) => refusal?.Code
        is ProviderRefusal.Unauthorized or ProviderRefusal.Forbidden or ProviderRefusal.RateLimited
        or ProviderRefusal.NoCredential or ProviderRefusal.Unavailable;

    private static IReadOnlyList<InputProblem> AddUpTo(
        IReadOnlyList<InputProblem> problems, IReadOnlyList<InputProblem> more) =>
        more.Count == 0 || problems.Count >= ProblemsMax
            ? problems
            : [.. problems, .. more.Take(ProblemsMax - problems.Count)];
}
