namespace TokenLedger.Application.Ports;

/// <summary>The other end of the queues, for a process that works them off by itself.</summary>
/// <remarks>
/// On Azure the Functions host does this. Several processes may receive at once: a message is handed to one of them,
/// and to another only after its visibility time-out.
/// </remarks>
public interface IWorkReceiver : IQueueDepths
{
    /// <summary>Takes the message of a queue that has been visible longest and hides it for a while.</summary>
    /// <param name="queueName">One of <see cref="Messages.QueueNames"/>.</param>
    /// <param name="visibilityTimeout">After how long it is handed out again; above 0, at most 7 days.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Null when no message is visible.</returns>
    Task<ReceivedMessage?> ReceiveAsync(
        string queueName, TimeSpan visibilityTimeout, CancellationToken cancellation);

    /// <summary>Removes a message whose work is durable.</summary>
    Task<ReceiptOutcome> CompleteAsync(ReceivedMessage message, CancellationToken cancellation);

    /// <summary>Hands a message back, to be seen again after a delay from 0 to 7 days.</summary>
    Task<ReceiptOutcome> ReleaseAsync(ReceivedMessage message, TimeSpan delay, CancellationToken cancellation);

    /// <summary>Lays a message on the poison queue of its queue, where it stays for a person to look at.</summary>
    Task<ReceiptOutcome> MoveToPoisonAsync(ReceivedMessage message, CancellationToken cancellation);

    /// <summary>What lies on the poison queue of a queue, the oldest first.</summary>
    /// <param name="queueName">The queue, not its poison queue.</param>
    /// <param name="cancellation">Ends the walk.</param>
    IAsyncEnumerable<PoisonMessage> ReadPoisonAsync(string queueName, CancellationToken cancellation);
}
