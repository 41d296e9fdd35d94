namespace TokenLedger.Hosting.Endpoints;

/// <summary>How the service is, in a word.</summary>
internal enum HealthStatus
{
    /// <summary>Nothing failed for good.</summary>
    Ok,

    /// <summary>Messages are on a poison queue, or alerts are open.</summary>
    Degraded,
}
