using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>
/// Handles a finished run: brings its artifacts into the archive, folds what the archive holds, queues the days that
/// changed.
/// </summary>
/// <remarks>
/// A run whose artifacts are not there yet, that GitHub refuses for now, or that has more than one message takes, is
/// folded as it is and comes again as a message of its own. Without a credential nothing is fetched: the run's
/// artifacts are in the archive when somebody has put them there, and a run without any counts as one without
/// telemetry.
/// </remarks>
public sealed class CollectRun
{
    private readonly IRunSource github;
    private readonly ILedgerStore store;
    private readonly IWorkQueue queue;
    private readonly UpdateRun update;
    private readonly MisplacedUploadAlerts misplaced;
    private readonly CollectionAlerts alerts;
    private readonly ArtifactCollector collector;

    /// <param name="github">Where artifacts come from.</param>
    /// <param name="archive">Where they go.</param>
    /// <param name="store">Tells what is collected already.</param>
    /// <param name="queue">Where a run waits that is to be looked at again.</param>
    /// <param name="update">Folds the run.</param>
    /// <param name="misplaced">Told of uploads of other runs.</param>
    /// <param name="alerts">Told of refusals.</param>
    /// <param name="configuration">How often late artifacts are looked for.</param>
    /// <param name="time">The clock.</param>
    public CollectRun(
        IRunSource github, ILogArchive archive, ILedgerStore store, IWorkQueue queue, UpdateRun update,
        MisplacedUploadAlerts misplaced, CollectionAlerts alerts, LedgerConfiguration configuration,
        TimeProvider time)
    {
        this.github = github;
        this.store = store;
        this.queue = queue;
        this.update = update;
        this.misplaced = misplaced;
        this.alerts = alerts;
        collector = new ArtifactCollector(github, archive, configuration.CollectingRetries, time);
    }

    /// <summary>Handles one message.</summary>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public async Task<CollectedRun> ExecuteAsync(CollectRunMessage message, CancellationToken cancellation)
    {
        var (collected, next) = await CollectAsync(message, cancellation);
        if (next is { } later)
            await queue.EnqueueAsync(later.Message, later.Wait, cancellation);
        return collected;
    }

    /// <summary>Does what a message asks for, and leaves the waiting to the caller.</summary>
    /// <returns>What was collected, and what to do after which wait; null when nothing is left to do.</returns>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public async Task<(CollectedRun Collected, CollectRunLater? Next)> CollectAsync(
        CollectRunMessage message, CancellationToken cancellation)
    {
        if (!github.IsConfigured)
            return (new CollectedRun(await FoldAsync(message.Run, seen: null, cancellation), null), null);
        var seen = await update.LookUpAsync(message.Run, cancellation);
        if (message.IsFirstLook && seen.Stored is not null
            && await KnownStateAsync(message.Run, cancellation) is { } known)
            return (new CollectedRun(
                await FoldAsync(message.Run, seen, cancellation), CollectionStep.Done(known)), null);
        var run = seen.Stored?.UnderKnownName(message.Run) ?? message.Run;
        var step = await collector.CollectAsync(message, run, cancellation);
        await TellAsync(message, run, step, cancellation);
        var folded = await FoldAsync(message.Run, seen, cancellation);
        CollectRunLater? next = step.Wait is { } wait ? new CollectRunLater(NextOf(message, step), wait) : null;
        return (new CollectedRun(folded, step), next);
    }

    // A message that came twice. Earlier attempts may have been waited for in vain, with nobody else to bring them.
    private async Task<CollectionState?> KnownStateAsync(RunIdentity run, CancellationToken cancellation)
    {
        var states = (await store.ReadRunAsync(run.Host, run.RunId, cancellation)).ToDictionary(
            attempt => attempt.Facts.Key.Attempt, attempt => attempt.Facts.Collection);
        var first = Math.Max(1, run.Attempt - RunQuestions.AttemptsMax + 1);
        return Enumerable.Range(first, run.Attempt - first + 1).All(attempt =>
            states.GetValueOrDefault(attempt) is { } state and not CollectionState.Refused)
            ? states[run.Attempt]
            : null;
    }

    private async Task TellAsync(
        CollectRunMessage message, RunIdentity run, CollectionStep step, CancellationToken cancellation)
    {
        if (step.Refusal is { } refusal)
        {
            if (refusal.NeedsMending || step.Wait is null)
                await alerts.RaiseAsync(message.Run, refusal, cancellation);
            if (step is { Wait: null, State: null })
                await collector.GiveUpAsync(run, refusal, cancellation);
        }
        else if (message.Waits > 0 && !step.IsPart)
        {
            await alerts.CloseAsync(message.Run, cancellation);
        }
    }

    private Task<IngestedRun> FoldAsync(RunIdentity run, SeenRun? seen, CancellationToken cancellation) =>
        update.ExecuteAsync(
            run, seen, markItem: null, folded => misplaced.RaiseAsync(run, folded, cancellation), cancellation);

    private static CollectRunMessage NextOf(CollectRunMessage message, CollectionStep step)
    {
        var next = message with { Memory = step.Memory };
        return step switch
        {
            { Refusal: not null } => next with { Waits = message.Waits + 1 },
            { IsPart: true } => next with { Parts = message.Parts + 1 },
            _ => next with { Tries = message.Tries + 1 },
        };
    }
}
