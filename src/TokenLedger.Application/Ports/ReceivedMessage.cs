namespace TokenLedger.Application.Ports;

/// <summary>A message as a receiver holds it for the time of its visibility time-out.</summary>
/// <param name="QueueName">The queue.</param>
/// <param name="MessageId">The message within all queues.</param>
/// <param name="PopReceipt">Proves that nobody else has received it since.</param>
/// <param name="Text">What <see cref="Messages.MessageFormat"/> reads; at most 48 KiB.</param>
/// <param name="DequeueCount">How often it has been handed out, this time included.</param>
/// <param name="EnqueuedAt">When it was added, UTC.</param>
public sealed record ReceivedMessage(
    string QueueName, string MessageId, string PopReceipt, string Text, long DequeueCount, DateTimeOffset EnqueuedAt);
