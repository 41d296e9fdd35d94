namespace TokenLedger.Storage.Azure.Queues;

/// <summary>A message that is hidden from others until its visibility time-out ends.</summary>
/// <param name="Id">Of the message, the same at every delivery.</param>
/// <param name="PopReceipt">Of this delivery; extending gives a new one.</param>
/// <param name="Text">Decoded.</param>
/// <param name="DequeueCount">Deliveries so far, this one included.</param>
public sealed record QueueMessage(string Id, string PopReceipt, string Text, int DequeueCount)
{
    /// <summary>As the queue held it when it was taken, not decoded; null for a message that was put.</summary>
    public string? WireText { get; init; }

    /// <summary>When it was put; null for a message that was put here, not taken.</summary>
    public DateTimeOffset? InsertedAt { get; init; }

    /// <summary>When the queue drops it; the end of the year 9999 for one that stays until it is deleted.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the taken message comes back unless it is extended or deleted.</summary>
    public DateTimeOffset? NextVisibleAt { get; init; }
}
