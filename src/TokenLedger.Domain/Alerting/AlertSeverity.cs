namespace TokenLedger.Domain.Alerting;

/// <summary>How soon somebody should look; the larger, the sooner.</summary>
public enum AlertSeverity
{
    /// <summary>When there is time.</summary>
    Info,

    /// <summary>Today.</summary>
    Warning,

    /// <summary>Now: it is never held back by what was told before.</summary>
    Critical,
}
