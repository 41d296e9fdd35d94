namespace TokenLedger.Application.Webhooks;

/// <summary>What became of a webhook delivery.</summary>
public enum WebhookOutcomeKind
{
    /// <summary>The run is recorded and queued.</summary>
    Queued,

    /// <summary>What it tells of a pull request or issue is recorded.</summary>
    Recorded,

    /// <summary>The delivery was dealt with before; nothing was done.</summary>
    Duplicate,

    /// <summary>The delivery tells of nothing that the ledger keeps; nothing was done.</summary>
    Ignored,

    /// <summary>GitHub asked whether somebody is there.</summary>
    Ping,

    /// <summary>The delivery is not what GitHub sends; nothing was done.</summary>
    Malformed,
}
