namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>The fields that a usage record is read for. Every other field is ignored.</summary>
internal enum RecordField
{
    Ignored,
    Schema,
    Timestamp,
    Event,
    RequestId,
    Purpose,
    Provider,
    Model,
    Path,
    Status,
    Streaming,
    InputTokens,
    OutputTokens,
    CacheReadTokens,
    CacheWriteTokens,
    ReasoningTokens,
    DurationMilliseconds,
    AiCreditsThisResponse,
    DynamicSelector,
    ServiceTier,
    InputTokensIncludeCache,

    /// <summary>Anthropic's and OpenAI's own names for cache reads.</summary>
    CacheReadAlias,

    /// <summary>Anthropic's own name for cache writes.</summary>
    CacheWriteAlias,

    /// <summary>Anthropic's split of cache writes by life.</summary>
    CacheCreation,
}
