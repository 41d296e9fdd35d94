namespace TokenLedger.Application.Ports;

/// <summary>A message that failed every time it was handed out.</summary>
/// <param name="QueueName">The queue it was meant for.</param>
/// <param name="MessageId">The message within all queues.</param>
/// <param name="Text">Its text.</param>
/// <param name="DequeueCount">How often it was handed out.</param>
/// <param name="EnqueuedAt">When it was added, UTC.</param>
/// <param name="PoisonedAt">When it was given up, UTC.</param>
public sealed record PoisonMessage(
    string QueueName, string MessageId, string Text, long DequeueCount, DateTimeOffset EnqueuedAt,
    DateTimeOffset PoisonedAt);
