using TokenLedger.Domain.Alerting;

namespace TokenLedger.Application.Alerts;

/// <summary>An event on its way to people by one channel. Times are UTC.</summary>
/// <param name="Event">The event as it was when it was first derived.</param>
/// <param name="Channel">The channel's name.</param>
public sealed record OutboxRow(AlertEvent Event, string Channel)
{
    /// <summary>What became of it.</summary>
    public OutboxState State { get; init; }

    /// <summary>How often it was begun to be sent.</summary>
    public int Tries { get; init; }

    /// <summary>When it is due, or when what is being sent counts as lost; null when it is done with.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>What the channel calls it; null before it is sent.</summary>
    public string? Reference { get; init; }

    /// <summary>When it was first derived.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it arrived; null before.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When somebody said that it is known; null when nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The login of whoever did; null when nobody did. Hostile text.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Why it is in its state, for people; no secret.</summary>
    public string? Note { get; init; }

    /// <summary>The version of the stored row; null for one that is not stored.</summary>
    public string? Version { get; init; }

    /// <summary>Whether something is still to be done.</summary>
    public bool IsOpen => State is OutboxState.Pending or OutboxState.Sending;
}
