using System.Text;
using System.Text.Json;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.TokenLogs;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Brings a <c>firewall.token_usage</c> event of <c>aw_session.jsonl</c> to the form of a usage record.
/// </summary>
internal static class ProxyEventRecord
{
    /// <summary>The record; null where the event has no time, and so no day.</summary>
    /// <exception cref="FormatException">A count is negative, fractional or no number.</exception>
    public static TokenUsageRecord? Of(JsonElement root)
    {
        var data = root.Child("data") ?? root;
        var usage = data.Child("usage") ?? default;
        var time = root.Child("provenance")?.EpochMillisecondsOf("timestampMs") ?? root.TimeOf("timestamp");
        if (time is not { } timestamp)
            return null;
        var id = data.TextOf("requestId") ?? data.TextOf("request_id");
        return new TokenUsageRecord
        {
            Timestamp = timestamp,
            Event = "token_usage",
            RequestIdHash = id is null ? RequestIdentity.OfRawLine(BytesOf(root)) : RequestIdentity.OfRequest(id),
            ContentFingerprint = ContentHash.HalfOf(usage.ValueKind == JsonValueKind.Object ? BytesOf(usage) : []),
            Provider = data.TextOf("provider"),
            Model = data.TextOf("model"),
            Path = data.TextOf("path"),
            Purpose = data.TextOf("purpose"),
            Status = (int)Math.Min(data.WholeOf("status") ?? 200, 999),
            InputTokens = usage.TokensOf("inputTokens"),
            OutputTokens = usage.TokensOf("outputTokens"),
            CacheReadTokens = usage.TokensOf("cacheReadInputTokens"),
            CacheWriteTokens = usage.TokensOf("cacheCreationInputTokens"),
            ReasoningTokens = usage.TokensOf("reasoningOutputTokens"),
            InputTokensIncludeCache = usage.Child("inputTokensIncludeCache")?.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            },
            DurationMilliseconds = Math.Max(0, data.WholeOf("durationMs") ?? 0),
            AiCreditsThisResponse = data.AmountOf("aic"),
        };
    }

    private static byte[] BytesOf(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
