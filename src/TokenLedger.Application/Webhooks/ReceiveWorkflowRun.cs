using TokenLedger.Application.Ports;
using TokenLedger.Application.Runs;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Application.Webhooks;

/// <summary>Records a finished run that GitHub's webhook tells of, and queues it.</summary>
/// <remarks>
/// The run is recorded and queued, then the delivery is claimed. Each step may be done twice and the last is never done
/// before the others, so a process killed in between loses nothing. Whether the delivery is claimed already is asked
/// only where the facts are known: a first delivery is not looked up.
/// </remarks>
public sealed class ReceiveWorkflowRun(RecordFinishedRun record, IDeliveryLog deliveries, TimeProvider time)
{
    /// <summary>The event of runs.</summary>
    public const string RunEvent = "workflow_run";

    // GitHub sends 36 characters.
    private const int DeliveryIdLengthMax = 200;

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
        var recorded = await record.ExecuteAsync(
            finished.Facts, finished.InstallationId, () => deliveries.IsClaimedAsync(deliveryId, cancellation),
            cancellation);
        switch (recorded.Kind)
        {
            case RecordedRunKind.NoAgent:
                return Ignored("the workflow is no agent's");
            case RecordedRunKind.OtherRepository:
                return Ignored("the run id is known under another repository");
            case RecordedRunKind.DealtWith:
                return new WebhookOutcome(WebhookOutcomeKind.Duplicate);
            default:
                await deliveries.ClaimAsync(deliveryId, time.GetUtcNow(), cancellation);
                return new WebhookOutcome(WebhookOutcomeKind.Queued, Run: recorded.Run);
        }
    }

    private static WebhookOutcome Ignored(string reason) => new(WebhookOutcomeKind.Ignored, reason);
}
