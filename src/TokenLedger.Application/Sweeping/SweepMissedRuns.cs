using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Runs;

namespace TokenLedger.Application.Sweeping;

/// <summary>
/// Finds what the webhook did not tell: has failed deliveries sent again, looks through the runs of each repository
/// since its checkpoint, and queues finished agent runs that the ledger does not know.
/// </summary>
/// <remarks>
/// One sweep is bounded and goes on where the one before stopped: the repository that was not looked at for longest
/// comes first. It may be killed at any instruction and run twice at once.
/// </remarks>
public sealed class SweepMissedRuns
{
    /// <summary>
    /// Questions of one sweep for runs; four sweeps an hour leave most of the 5,000 that GitHub allows to collecting.
    /// What was begun is ended. The list of repositories and the deliveries have bounds of their own.
    /// </summary>
    public const int QuestionsMax = 200;

    // A repository takes a question at least; nobody answers within a function's ten minutes for ever.
    private static readonly TimeSpan LengthMax = TimeSpan.FromMinutes(5);

    // GitHub is down rather than unable to tell of one repository.
    private const int FailuresMax = 3;

    private readonly IRunSource github;
    private readonly IDeliverySource sent;
    private readonly TimeProvider time;
    private readonly SweepMarks marks;
    private readonly FailedDeliveries deliveries;
    private readonly SweepScope scope;
    private readonly RepositorySweep sweep;
    private readonly AlertBook told;

    /// <param name="github">What is asked for runs.</param>
    /// <param name="sent">What is asked for deliveries.</param>
    /// <param name="store">Tells which runs are known.</param>
    /// <param name="record">Queues those that are not.</param>
    /// <param name="checkpoints">Where each repository stands.</param>
    /// <param name="alerts">Told of what is refused.</param>
    /// <param name="configuration">What the user configured.</param>
    /// <param name="time">The clock.</param>
    public SweepMissedRuns(
        IRunSource github, IDeliverySource sent, ILedgerStore store, RecordFinishedRun record,
        ICheckpoints checkpoints, IAlertLog alerts, LedgerConfiguration configuration, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        this.github = github;
        this.sent = sent;
        this.time = time;
        told = new AlertBook(alerts, time);
        marks = new SweepMarks(checkpoints, time);
        deliveries = new FailedDeliveries(sent, checkpoints, told, time);
        scope = new SweepScope(github, told, configuration);
        sweep = new RepositorySweep(
            github, new MissedRuns(store, record), marks, told, configuration.CollectingSince, time);
    }

    /// <summary>Sweeps once.</summary>
    public async Task<SweepOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        if (!github.IsConfigured)
        {
            return new SweepOutcome
            {
                SkippedBecause = "neither a GitHub App nor a token is configured, so missed runs are not looked for",
            };
        }

        var begun = time.GetUtcNow();
        // Of its own: a long list must not keep every repository from being looked at.
        var listing = new QuestionBudget(QuestionsMax);
        var budget = new QuestionBudget(QuestionsMax);
        var deliveryBudget = new QuestionBudget(FailedDeliveries.PagesMax + FailedDeliveries.SentMax);
        var again = await deliveries.RunAsync(deliveryBudget, cancellation);
        var (repositories, refusal) = await scope.ReadAsync(listing, cancellation);
        var outcome = new SweepOutcome
        {
            Repositories = repositories.Count,
            DeliveriesSentAgain = again.SentAgain,
            DeliveriesLeft = again.Left,
            DeliveriesGivenUp = again.GivenUp,
            Refusal = refusal ?? again.Refusal,
        };
        var over = new SweepAlerts(told);
        outcome = await LookAsync(repositories, outcome, budget, begun, over, cancellation);
        await over.CloseAsync(refusal is null ? Asked(repositories) : null, cancellation);
        return outcome with { Questions = listing.Asked + budget.Asked + deliveryBudget.Asked };
    }

    private HashSet<string> Asked(IReadOnlyList<RepositoryAccess> repositories) => repositories
        .Select(SweepMarks.KeyOf)
        .Concat(scope.Subjects())
        .Concat(sent.IsConfigured ? [FailedDeliveries.Subject] : [])
        .ToHashSet(StringComparer.Ordinal);

    private async Task<SweepOutcome> LookAsync(
        IReadOnlyList<RepositoryAccess> repositories, SweepOutcome outcome, QuestionBudget budget,
        DateTimeOffset begun, SweepAlerts over, CancellationToken cancellation)
    {
        var known = await marks.ReadAsync(cancellation);
        // Installations whose limit is used up; a token has none, and is one of them.
        var resting = new HashSet<long?>();
        var failures = 0;
        foreach (var (repository, mark) in InTurn(repositories, known))
        {
            if (budget.IsSpent || failures == FailuresMax || time.GetUtcNow() - begun > LengthMax)
                break;
            if (resting.Contains(repository.InstallationId))
                continue;
            var look = await sweep.RunAsync(repository, mark, budget, cancellation);
            outcome = Add(outcome, look);
            if (look.IsWhole)
                over.AddWhole(repository, look.BegunAt);
            switch (look.Refusal)
            {
                case null:
                    failures = 0;
                    break;
                case { IsOfCredential: true } refusal:
                    resting.Add(repository.InstallationId);
                    if (refusal.NeedsMending)
                        await sweep.SetBackAsync(repository, refusal, cancellation);
                    break;
                case var refusal:
                    failures = refusal.NeedsMending ? 0 : failures + 1;
                    await sweep.SetBackAsync(repository, refusal, cancellation);
                    break;
            }
        }

        return outcome;
    }

    private static SweepOutcome Add(SweepOutcome outcome, RepositoryLook look) => outcome with
    {
        RepositoriesLookedAt = outcome.RepositoriesLookedAt + 1,
        RepositoriesUnfinished = outcome.RepositoriesUnfinished + (look.IsWhole ? 0 : 1),
        RepositoriesRefused = outcome.RepositoriesRefused
            + (look.Refusal is { NeedsMending: true } ? 1 : 0),
        RunsSeen = outcome.RunsSeen + look.RunsSeen,
        RunsQueued = outcome.RunsQueued + look.RunsQueued,
        Refusal = look.Refusal ?? outcome.Refusal,
    };

    private static IEnumerable<(RepositoryAccess Repository, SweepMark? Mark)> InTurn(
        IReadOnlyList<RepositoryAccess> repositories,
        Dictionary<string, (DateTimeOffset At, SweepMark Mark)> known) => repositories
        .Select(repository =>
        {
            var key = SweepMarks.KeyOf(repository);
            return known.TryGetValue(key, out var found)
                ? (Repository: repository, Mark: found.Mark, At: found.At, Key: key)
                : (Repository: repository, Mark: (SweepMark?)null, At: DateTimeOffset.MinValue, Key: key);
        })
        .OrderBy(turn => turn.At)
        .ThenBy(turn => turn.Key, StringComparer.Ordinal)
        .Select(turn => (turn.Repository, turn.Mark));
}
