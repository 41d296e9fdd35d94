namespace TokenLedger.Ingestion.TokenLogs;

/// <summary>One usage record as it stands in the log, before its cache convention is decided.</summary>
/// <remarks>A mutable struct so that half a million of them can be read without allocating one each.</remarks>
public struct TokenUsageRecord
{
    /// <summary>The end of the response, UTC.</summary>
    public DateTimeOffset Timestamp { get; set; }

    /// <summary>
    /// The record's <c>event</c>; null in records before it existed, which counts as <c>token_usage</c>.
    /// </summary>
    public string? Event { get; set; }

    /// <summary>
    /// A 128-bit hash of event and request id, made by <see cref="RequestIdentity"/>, or of the raw line where the
    /// record has no id; 0 where neither is known, and then the record's content is its identity.
    /// </summary>
    public UInt128 RequestIdHash { get; set; }

    /// <summary>
    /// A fingerprint of everything else in the record, to tell a repeat from another record under the same id; 0 is
    /// "not made yet".
    /// </summary>
    public ulong ContentFingerprint { get; set; }

    /// <summary>The listener that served the request.</summary>
    public string? Provider { get; set; }

    /// <summary>The model as the log spells it.</summary>
    public string? Model { get; set; }

    /// <summary>The request's path with query.</summary>
    public string? Path { get; set; }

    /// <summary>The record's <c>purpose</c>; empty or null for agent traffic.</summary>
    public string? Purpose { get; set; }

    /// <summary>The selector that chose the model, such as <c>copilot:auto</c>.</summary>
    public string? DynamicSelector { get; set; }

    /// <summary>The provider's service tier, where a record has one.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>The HTTP status; 101 for a WebSocket.</summary>
    public int Status { get; set; }

    /// <summary>Whether the response was streamed; null where the record does not tell.</summary>
    public bool? Streaming { get; set; }

    /// <summary>Input tokens as recorded.</summary>
    public long InputTokens { get; set; }

    /// <summary>Output tokens as recorded.</summary>
    public long OutputTokens { get; set; }

    /// <summary>Cache-read tokens as recorded.</summary>
    public long CacheReadTokens { get; set; }

    /// <summary>
    /// Cache-write tokens as recorded, or their five-minute part where <see cref="CacheWrite1hTokens"/> is known.
    /// </summary>
    public long CacheWriteTokens { get; set; }

    /// <summary>One-hour cache writes, where a record splits them.</summary>
    public long CacheWrite1hTokens { get; set; }

    /// <summary>
    /// Whether a split of the cache writes by life named fewer or more tokens than were written in all.
    /// </summary>
    public bool IsCacheWriteSplitInconsistent { get; set; }

    /// <summary>Reasoning tokens, a part of the output; for Google beside it.</summary>
    public long ReasoningTokens { get; set; }

    /// <summary>Whether the record itself says that its input holds the cached tokens.</summary>
    public bool? InputTokensIncludeCache { get; set; }

    /// <summary>From request to end of response.</summary>
    public long DurationMilliseconds { get; set; }

    /// <summary>The proxy's own figure for this response, in AI credits; null is "0 or unknown".</summary>
    public decimal? AiCreditsThisResponse { get; set; }
}
