namespace TokenLedger.Testing.Worlds.Usage;

/// <summary>What the product gets to see of a run's tokens.</summary>
public enum TelemetryKind
{
    /// <summary>All of them, soon after the run.</summary>
    Whole,

    /// <summary>All of them, days later.</summary>
    Late,

    /// <summary>None: the artifact expired or was never made.</summary>
    None,

    /// <summary>All but the cache writes, which the proxy lost.</summary>
    WithoutCacheWrites,

    /// <summary>All but one phase, whose artifact was lost.</summary>
    WithoutDetection,
}
