namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Knows the fields by name. Both readers of records ask here, so they cannot differ.</summary>
/// <remarks>Names: AWF <c>token-usage.schema.json</c> v0.25.8 to v0.28.50; aliases of the providers, 2026-10.</remarks>
internal static class RecordFields
{
    /// <summary>The field of a name, compared byte by byte.</summary>
    public static RecordField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => name.SequenceEqual("path"u8) ? RecordField.Path : RecordField.Ignored,
        5 => name.SequenceEqual("model"u8) ? RecordField.Model
            : name.SequenceEqual("event"u8) ? RecordField.Event : RecordField.Ignored,
        6 => name.SequenceEqual("status"u8) ? RecordField.Status : RecordField.Ignored,
        7 => name.SequenceEqual("_schema"u8) ? RecordField.Schema
            : name.SequenceEqual("purpose"u8) ? RecordField.Purpose : RecordField.Ignored,
        8 => name.SequenceEqual("provider"u8) ? RecordField.Provider : RecordField.Ignored,
        9 => name.SequenceEqual("timestamp"u8) ? RecordField.Timestamp
            : name.SequenceEqual("streaming"u8) ? RecordField.Streaming : RecordField.Ignored,
        10 => name.SequenceEqual("request_id"u8) ? RecordField.RequestId : RecordField.Ignored,
        11 => name.SequenceEqual("duration_ms"u8) ? RecordField.DurationMilliseconds : RecordField.Ignored,
        12 => name.SequenceEqual("input_tokens"u8) ? RecordField.InputTokens
            : name.SequenceEqual("service_tier"u8) ? RecordField.ServiceTier : RecordField.Ignored,
        13 => name.SequenceEqual("output_tokens"u8) ? RecordField.OutputTokens
            : name.SequenceEqual("cached_tokens"u8) ? RecordField.CacheReadAlias : RecordField.Ignored,
        14 => name.SequenceEqual("cache_creation"u8) ? RecordField.CacheCreation : RecordField.Ignored,
        _ => FindLong(name),
    };

    private static RecordField FindLong(ReadOnlySpan<byte> name) => name.Length switch
    {
        16 => name.SequenceEqual("reasoning_tokens"u8) ? RecordField.ReasoningTokens : RecordField.Ignored,
        17 => name.SequenceEqual("cache_read_tokens"u8) ? RecordField.CacheReadTokens : RecordField.Ignored,
        18 => name.SequenceEqual("cache_write_tokens"u8) ? RecordField.CacheWriteTokens : RecordField.Ignored,
        19 => name.SequenceEqual("cached_input_tokens"u8) ? RecordField.CacheReadAlias : RecordField.Ignored,
        23 => name.SequenceEqual("cache_read_input_tokens"u8) ? RecordField.CacheReadAlias : RecordField.Ignored,
        24 => name.SequenceEqual("ai_credits_this_response"u8)
            ? RecordField.AiCreditsThisResponse : RecordField.Ignored,
        26 => name.SequenceEqual("input_tokens_include_cache"u8)
            ? RecordField.InputTokensIncludeCache : RecordField.Ignored,
        27 => name.SequenceEqual("cache_creation_input_tokens"u8) ? RecordField.CacheWriteAlias
            : name.SequenceEqual("ai_credits_dynamic_selector"u8)
                ? RecordField.DynamicSelector : RecordField.Ignored,
        _ => RecordField.Ignored,
    };
}
