using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>
/// Handles a finished run: brings its artifacts into the archive, folds what the archive holds, queues the days that
/// changed.
/// </summary>
/// <remarks>
/// A run whose artifacts are not there yet, or that GitHub refuses for now, is folded as it is and comes again as a
/// message of its own. Without a credential nothing is fetched: the run's artifacts are in the archive when somebody
/// has put them there, and a run without any counts as one without telemetry.
/// </remarks>
public sealed class CollectRun
{
    private readonly IRunSource github;
    private readonly IWorkQueue queue;
    private readonly UpdateRun update;
    private readonly MisplacedUploadAlerts misplaced;
    private readonly CollectionAlerts alerts;
    private readonly ArtifactCollector collector;

    /// <param name="github">Where artifacts come from.</param>
    /// <param name="archive">Where they go.</param>
    /// <param name="queue">Where a run waits that is to be looked at again.</param>
    /// <param name="update">Folds the run.</param>
    /// <param name="misplaced">Told of uploads of other runs.</param>
    /// <param name="alerts">Told of refusals.</param>
    /// <param name="configuration">How often late artifacts are looked for.</param>
    public CollectRun(
        IRunSource github, ILogArchive archive, IWorkQueue queue, UpdateRun update, MisplacedUploadAlerts misplaced,
        CollectionAlerts alerts, LedgerConfiguration configuration)
    {
        this.github = github;
        this.queue = queue;
        this.update = update;
        this.misplaced = misplaced;
        this.alerts = alerts;
        collector = new ArtifactCollector(github, archive, configuration.CollectingRetries);
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
            return (new CollectedRun(await FoldAsync(message.Run, cancellation), null), null);
        var step = await collector.CollectAsync(message, cancellation);
        await TellAsync(message, step, cancellation);
        var folded = await FoldAsync(message.Run, cancellation);
        CollectRunLater? next = step.Wait is { } wait ? new CollectRunLater(NextOf(message, step), wait) : null;
        return (new CollectedRun(folded, step), next);
    }

    private async Task TellAsync(CollectRunMessage message, CollectionStep step, CancellationToken cancellation)
    {
        if (step.Refusal is { } refusal)
        {
            if (refusal.NeedsMending || step.Wait is null)
                await alerts.RaiseAsync(message.Run, refusal, cancellation);
            if (step.Wait is null)
                await collector.GiveUpAsync(message, refusal, cancellation);
        }
        else if (message.Waits > 0)
        {
            await alerts.CloseAsync(message.Run, cancellation);
        }
    }

    private Task<IngestedRun> FoldAsync(RunIdentity run, CancellationToken cancellation) =>
        update.ExecuteAsync(run, folded => misplaced.RaiseAsync(run, folded, cancellation), cancellation);

    private static CollectRunMessage NextOf(CollectRunMessage message, CollectionStep step) => step.Refusal is null
        ? message with { Tries = message.Tries + 1 }
        : message with { Waits = message.Waits + 1 };
}
