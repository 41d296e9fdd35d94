namespace TokenLedger.Application.Ports;

/// <summary>What waits in one queue; an estimate where the storage only estimates.</summary>
/// <param name="QueueName">The queue.</param>
/// <param name="Messages">Messages, hidden ones too.</param>
/// <param name="PoisonMessages">Messages on its poison queue.</param>
/// <param name="OldestAt">When the oldest message was queued, UTC; null when there is none or it is not known.</param>
public sealed record QueueDepth(string QueueName, long Messages, long PoisonMessages, DateTimeOffset? OldestAt);
