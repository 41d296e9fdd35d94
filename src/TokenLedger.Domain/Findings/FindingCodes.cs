namespace TokenLedger.Domain.Findings;

/// <summary>The codes of findings: stable, kebab case, never reused for another meaning.</summary>
public static class FindingCodes
{
    /// <summary>Most of a run's requests came before its first edit or output.</summary>
    public const string LongExploration = "long-exploration";

    /// <summary>A run's prompts grew many times over.</summary>
    public const string ContextGrowth = "context-growth";

    /// <summary>A run wrote its prompt to the cache again and again.</summary>
    public const string CacheMissStorm = "cache-miss-storm";

    /// <summary>A run asked the same again and again.</summary>
    public const string RetryLoop = "retry-loop";

    /// <summary>A run's sub-agents spent most of it.</summary>
    public const string SubAgentFanOut = "sub-agent-fan-out";

    /// <summary>A workflow does small work on a model that costs many times another.</summary>
    public const string ExpensiveModelOnRoutineWork = "expensive-model-on-routine-work";

    /// <summary>A run thought much and came to nothing.</summary>
    public const string HighReasoningWithoutOutcome = "high-reasoning-without-outcome";

    /// <summary>Threat detection cost more than what it checked.</summary>
    public const string DetectionShare = "detection-share";

    /// <summary>A run, or a workflow's day, cost many times what is usual for it.</summary>
    public const string SpikeAgainstBaseline = "spike-against-baseline";

    /// <summary>Counters that should agree do not.</summary>
    public const string StaleCounters = "stale-counters";

    /// <summary>A workflow's runs leave no token log.</summary>
    public const string RunsWithoutTelemetry = "runs-without-telemetry";

    /// <summary>A final bill has no money for usage that is known.</summary>
    public const string UsageWithoutBill = "usage-without-bill";

    /// <summary>A workflow's week cost much more than the weeks before.</summary>
    public const string RisingUse = "rising-use";

    /// <summary>All codes, in ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CacheMissStorm, ContextGrowth, DetectionShare, ExpensiveModelOnRoutineWork, HighReasoningWithoutOutcome,
        LongExploration, RetryLoop, RisingUse, RunsWithoutTelemetry, SpikeAgainstBaseline, StaleCounters,
        SubAgentFanOut, UsageWithoutBill,
    ];
}
