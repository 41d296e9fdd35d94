namespace TokenLedger.Domain.Usage;

/// <summary>
/// What others claim a run attempt cost, kept beside our estimate and never mixed with it. Null is unknown.
/// </summary>
public sealed record RunReport
{
    /// <summary>The sum of the proxy's own figures over every phase and purpose, in AI credits.</summary>
    public decimal? ProxyReportedAiCredits { get; init; }

    /// <summary>
    /// What the sessions of the agent phase said at their end, in AI credits; routing calls are outside it, and so is
    /// what a session of detection or evaluations says of itself.
    /// </summary>
    public decimal? SessionReportedAiCredits { get; init; }

    /// <summary>Cache-write tokens that the session counted and the proxy lost.</summary>
    public long LostCacheWriteTokens { get; init; }

    /// <summary>
    /// Calls that the proxy's audit log saw start and that reached the provider; null without an audit log.
    /// </summary>
    public long? CallsKnown { get; init; }

    /// <summary>Of these, the calls with readable usage; null without an audit log.</summary>
    public long? CallsMetered { get; init; }
}
