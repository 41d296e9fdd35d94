namespace TokenLedger.Application.Alerts;

/// <summary>What became of an event on a channel.</summary>
public enum OutboxState
{
    /// <summary>It waits to be sent, perhaps again.</summary>
    Pending,

    /// <summary>It is being sent; when that takes too long nobody knows whether it was, and it is sent again.</summary>
    Sending,

    /// <summary>It arrived.</summary>
    Sent,

    /// <summary>It was tried as often as is sensible.</summary>
    Failed,

    /// <summary>It is recorded and not told.</summary>
    Suppressed,
}
