using TokenLedger.Application.Configuration;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Application.Webhooks;

/// <summary>Records a finished run that GitHub's webhook tells of, and queues it.</summary>
/// <remarks>
/// 1. archive the facts; 2. queue the run; 3. claim the delivery. Each step may be done twice and the last is never
/// done before the others, so a process killed in between loses nothing. Whether the delivery is claimed already is
/// asked only where the facts are known: a first delivery is not looked up.
/// </remarks>
public sealed class ReceiveWorkflowRun(
    ILedgerStore store,
    ILogArchive archive,
    IWorkQueue queue,
    IDeliveryLog deliveries,
    LedgerConfiguration configuration,
    TimeProvider time)
{
    // GitHub sends 36 characters.
    private const int DeliveryIdLengthMax = 200;

    private const string RunEvent = "workflow_run";
    private const string PingEvent = "ping";

    /// <summary>Takes one delivery whose signature was checked.</summary>
    /// <param name="deliveryId"><c>X-GitHub-Delivery</c>; a redelivery keeps it.</param>
    /// <param name="eventName"><c>X-GitHub-Event</c>.</param>
    /// <param name="body">The bytes that were signed.</param>
    /// <param name="cancellation">Ends the call between two steps.</param>
    public async Task<WebhookOutcome> ExecuteAsync(
        string deliveryId, string eventName, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (string.Equals(eventName, PingEvent, StringComparison.Ordinal))
            return new WebhookOutcome(WebhookOutcomeKind.Ping);
        if (!string.Equals(eventName, RunEvent, StringComparison.Ordinal))
            return Ignored("the event is not workflow_run");
        if (string.IsNullOrWhiteSpace(deliveryId) || deliveryId.Length > DeliveryIdLengthMax)
            return new WebhookOutcome(WebhookOutcomeKind.Malformed, "X-GitHub-Delivery is missing or no id.");
        var reading = WorkflowRunReader.Read(body.Span);
        if (reading.Malformed is { } message)
            return new WebhookOutcome(WebhookOutcomeKind.Malformed, message);
        if (reading.Event is not { } finished)
            return Ignored(reading.IgnoredBecause!);
        return await RecordAsync(deliveryId, finished, cancellation);
    }

    private async Task<WebhookOutcome> RecordAsync(
        string deliveryId, WorkflowRunEvent finished, CancellationToken cancellation)
    {
        var facts = finished.Facts;
        // A first attempt of an agent's is most often news: the fold sees to it when it is not.
        var known = facts.Run.Attempt == 1 && IsAgentPath(facts.WorkflowPath)
            ? null
            : await store.FindRunAsync(facts.Run.Host, facts.Run.RunId, cancellation);
        // Most runs of a repository are no agent's; they leave no trace, not even of their delivery.
        if (known is null && !IsAgentPath(facts.WorkflowPath))
            return Ignored("the workflow is no agent's");
        if (known?.Admits(facts.Run.Repository, facts.Run.RepositoryId) == false)
            return Ignored("the run id is known under another repository");
        var run = known?.UnderKnownName(facts.Run) ?? facts.Run;
        var isNew = await archive.AddRecordAsync(
            run, WorkflowRunFile.UploadName, WorkflowRunFile.Create(facts), cancellation);
        // Only what is archived can have been dealt with.
        if (!isNew && await deliveries.IsClaimedAsync(deliveryId, cancellation))
            return new WebhookOutcome(WebhookOutcomeKind.Duplicate);
        await queue.EnqueueAsync(new CollectRunMessage(run, finished.InstallationId), TimeSpan.Zero, cancellation);
        await deliveries.ClaimAsync(deliveryId, time.GetUtcNow(), cancellation);
        return new WebhookOutcome(WebhookOutcomeKind.Queued, Run: run);
    }

    private bool IsAgentPath(string? path) =>
        path is not null && AgentRuns.IsAgentPath(path, configuration.WorkflowsInclude);

    private static WebhookOutcome Ignored(string reason) => new(WebhookOutcomeKind.Ignored, reason);
}
