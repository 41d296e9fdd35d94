using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Messages;

/// <summary>Opens an alert for a poison queue that holds messages, and closes it when the queue is empty.</summary>
/// <remarks>
/// A message that ended the process each time was never noted as failed; on Azure the host moves it by itself.
/// </remarks>
public sealed class PoisonAlerts(IQueueDepths queues, IAlertLog alerts, TimeProvider time)
{
    /// <summary>Looks at every poison queue.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var depth in await queues.ReadDepthsAsync(cancellation))
        {
            if (!QueueNames.IsPoison(depth.QueueName))
                continue;
            if (depth.Messages > 0)
                await OpenAsync(depth, cancellation);
            else
                await CloseAsync(depth.QueueName, cancellation);
        }
    }

    private async Task OpenAsync(QueueDepth depth, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var before = await alerts.FindAsync(Alert.PoisonQueue, depth.QueueName, cancellation);
        var isSame = before is { IsOpen: true } && before.Count == depth.Messages;
        if (isSame)
            return;
        var message = FormattableString.Invariant(
            $"{depth.QueueName} holds {depth.Messages} messages that failed every time: look at them, mend the cause, ")
            + "put them back or delete them.";
        var firstAt = before is { IsOpen: true } ? before.FirstAt : now;
        await alerts.StoreAsync(
            new Alert(Alert.PoisonQueue, depth.QueueName, message, firstAt, now, depth.Messages, IsOpen: true),
            cancellation);
    }

    private async Task CloseAsync(string poisonQueueName, CancellationToken cancellation)
    {
        if (await alerts.FindAsync(Alert.PoisonQueue, poisonQueueName, cancellation) is not { IsOpen: true } open)
            return;
        var subject = QueueNames.OfPoison(poisonQueueName) + "/";
        await foreach (var alert in alerts.ReadAsync(cancellation))
        {
            if (alert is { Kind: Alert.FailedMessage, IsOpen: true }
                && alert.Subject.StartsWith(subject, StringComparison.Ordinal))
                await alerts.StoreAsync(alert with { IsOpen = false }, cancellation);
        }

        // Last: a process killed in between closes them with the next look.
        await alerts.StoreAsync(open with { IsOpen = false, LastAt = time.GetUtcNow() }, cancellation);
    }
}
