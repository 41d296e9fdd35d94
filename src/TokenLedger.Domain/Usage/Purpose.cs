namespace TokenLedger.Domain.Usage;

/// <summary>What a request was for within its phase.</summary>
public enum Purpose
{
    /// <summary>The agent's main conversation.</summary>
    Main,

    /// <summary>A sub-agent's conversation.</summary>
    SubAgent,

    /// <summary>The router's classification of a request; inside the proxy's total, outside the session's.</summary>
    Routing,

    /// <summary>Anything else a harness asks for (titles, compaction, advice).</summary>
    Auxiliary,
}
