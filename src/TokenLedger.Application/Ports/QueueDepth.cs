namespace TokenLedger.Application.Ports;

/// <summary>How full a queue is.</summary>
/// <param name="QueueName">The queue or poison queue.</param>
/// <param name="Messages">Its messages, hidden ones included.</param>
/// <param name="OldestAge">The time since the oldest of them was added, at least 0; null when empty or unknown.</param>
public sealed record QueueDepth(string QueueName, long Messages, TimeSpan? OldestAge);
