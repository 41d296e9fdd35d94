using TokenLedger.Application.Configuration;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Runs;

/// <summary>Archives what GitHub says of a finished agent run, and queues the run for collecting.</summary>
/// <remarks>
/// 1. archive the facts; 2. queue the run. Each may be done twice, and a process killed in between leaves a run that
/// the ledger does not know, so that whoever tells of it again has it queued.
/// </remarks>
public sealed class RecordFinishedRun(
    ILedgerStore store, ILogArchive archive, IWorkQueue queue, LedgerConfiguration configuration)
{
    /// <summary>Whether the run is of a workflow whose runs are agent runs.</summary>
    public bool IsAgents(WorkflowRunFacts facts) =>
        facts.WorkflowPath is { } path && AgentRuns.IsAgentPath(path, configuration.WorkflowsInclude);

    /// <summary>Records the run.</summary>
    /// <param name="facts">The finished attempt.</param>
    /// <param name="installationId">The App's installation that told of it; null when nobody said.</param>
    /// <param name="isDealtWith">
    /// Whether the news was dealt with before; asked only when the facts are archived already, because only what is
    /// archived can have been.
    /// </param>
    /// <param name="cancellation">Ends the call between two steps.</param>
    public async Task<RecordedRun> ExecuteAsync(
        WorkflowRunFacts facts, long? installationId, Func<Task<bool>> isDealtWith, CancellationToken cancellation)
    {
        // A first attempt of an agent's is most often news: the fold sees to it when it is not.
        var known = facts.Run.Attempt == 1 && IsAgents(facts)
            ? null
            : await store.FindRunAsync(facts.Run.Host, facts.Run.RunId, cancellation);
        // Most runs of a repository are no agent's; they leave no trace, not even of their delivery.
        if (known is null && !IsAgents(facts))
            return new RecordedRun(RecordedRunKind.NoAgent);
        if (known?.Admits(facts.Run.Repository, facts.Run.RepositoryId) == false)
            return new RecordedRun(RecordedRunKind.OtherRepository);
        var run = known?.UnderKnownName(facts.Run) ?? facts.Run;
        var isNew = await archive.AddRecordAsync(
            run, WorkflowRunFile.UploadName, WorkflowRunFile.Create(facts), cancellation);
        if (!isNew && await isDealtWith())
            return new RecordedRun(RecordedRunKind.DealtWith);
        // GitHub is asked under the name that the repository has now.
        await queue.EnqueueAsync(new CollectRunMessage(facts.Run, installationId), TimeSpan.Zero, cancellation);
        return new RecordedRun(RecordedRunKind.Queued, run);
    }
}
