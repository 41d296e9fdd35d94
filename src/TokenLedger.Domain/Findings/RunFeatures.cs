using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Findings;

/// <summary>
/// How a run attempt spent its tokens: figures alone, no text of a log. Null is unknown: the log does not tell.
/// </summary>
/// <remarks>
/// What concerns single requests is of proxy records or a session's own; a run of which only totals are known has
/// none of it. Prompts are whole: fresh, read and written. Money is estimated, in nano-credits, each figure cut to a
/// whole one once.
/// </remarks>
/// <param name="Run">The run attempt.</param>
public sealed record RunFeatures(RunKey Run)
{
    /// <summary>Requests of every phase; null where only totals are known.</summary>
    public long? Requests { get; init; }

    /// <summary>Calls that the proxy's audit log saw reach the provider without readable usage.</summary>
    public long? FailedRequests { get; init; }

    /// <summary>Different models.</summary>
    public long? Models { get; init; }

    /// <summary>The longest prompt of the main agent, in tokens.</summary>
    public long? LargestInputTokens { get; init; }

    /// <summary>The prompt of the main agent's first request, in tokens.</summary>
    public long? FirstInputTokens { get; init; }

    /// <summary>The prompt of the main agent's last request, in tokens.</summary>
    public long? LastInputTokens { get; init; }

    /// <summary>
    /// The median prompt of the last quarter of the main agent's requests over that of the first; null with fewer
    /// than eight.
    /// </summary>
    public decimal? ContextGrowth { get; init; }

    /// <summary>The most requests of the main agent in a row that wrote more to a cache than they read.</summary>
    public long? LongestCacheMissStreak { get; init; }

    /// <summary>Tokens read from a cache over these and fresh ones, of the whole run; null without any.</summary>
    public decimal? CacheReadShare { get; init; }

    /// <summary>
    /// Requests with the model and every token count of the one before, which ended within a minute before.
    /// </summary>
    public long? Repeats { get; init; }

    /// <summary>Of these in a row, at most.</summary>
    public long? LongestRetryStreak { get; init; }

    /// <summary>Requests of sub-agents.</summary>
    public long? SubAgentRequests { get; init; }

    /// <summary>The sub-agents' share of the run's estimate, 0 to 1.</summary>
    public decimal? SubAgentShare { get; init; }

    /// <summary>The share of threat detection in the run's estimate, 0 to 1.</summary>
    public decimal? DetectionShare { get; init; }

    /// <summary>The share of reasoning in the agent phase's output, 0 to 1; null where no log tells it.</summary>
    public decimal? ReasoningShare { get; init; }

    /// <summary>
    /// The share of the agent phase's requests before its first edit or safe output, 0 to 1; 1 without either. Null
    /// where no log names the tools with their times, and for a run that only reports: that is what it looks for.
    /// </summary>
    public decimal? ExplorationShare { get; init; }

    /// <summary>Whether the run edited a file or made a safe output; null where no log tells.</summary>
    public bool? HasOutcome { get; init; }

    /// <summary>From the start of the first request to the end of the last.</summary>
    public long? ElapsedMilliseconds { get; init; }

    /// <summary>GitHub's conclusion.</summary>
    public string? Conclusion { get; init; }

    /// <summary>The run's estimate; null where a part has no price.</summary>
    public long? EstimatedNanoCredits { get; init; }

    /// <summary>Of it, fresh prompt tokens.</summary>
    public long? InputNanoCredits { get; init; }

    /// <summary>Of it, output.</summary>
    public long? OutputNanoCredits { get; init; }

    /// <summary>Of it, tokens read from a cache.</summary>
    public long? CacheReadNanoCredits { get; init; }

    /// <summary>Of it, tokens written to a cache.</summary>
    public long? CacheWriteNanoCredits { get; init; }

    /// <summary>Of it, threat detection.</summary>
    public long? DetectionNanoCredits { get; init; }

    /// <summary>Of it, sub-agents of the agent phase.</summary>
    public long? SubAgentNanoCredits { get; init; }

    /// <summary>Of it, the reasoning part of the agent phase's output.</summary>
    public long? ReasoningNanoCredits { get; init; }

    /// <summary>What the main agent's prompts cost above the median prompt of its first quarter.</summary>
    public long? GrowthNanoCredits { get; init; }

    /// <summary>
    /// What the writes of the longest streak of cache misses cost more than reading the same would have; that of the
    /// run's first request aside, which has nothing to read.
    /// </summary>
    public long? CacheMissNanoCredits { get; init; }

    /// <summary>What the repeats cost.</summary>
    public long? RepeatNanoCredits { get; init; }

    /// <summary>What the agent phase cost before its first edit or safe output.</summary>
    public long? ExplorationNanoCredits { get; init; }

    /// <summary>What the agent phase cost from then on.</summary>
    public long? WorkNanoCredits { get; init; }
}
