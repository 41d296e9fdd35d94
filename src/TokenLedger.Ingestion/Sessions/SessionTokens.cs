using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Reads the token counts of a session's end, in the spellings of the engines.</summary>
/// <remarks>Copilot CLI and Claude Code as observed 2026-10.</remarks>
internal static class SessionTokens
{
    // More models than any session uses; the rest would be noise.
    private const int MaximumModels = 100;

    // More iterations than any session makes; the rest would be noise.
    private const int MaximumIterations = 10_000;

    /// <summary>Tokens by model of a Copilot session's shutdown.</summary>
    /// <exception cref="FormatException">A count is negative, fractional or no number.</exception>
    public static List<SessionModel> OfShutdown(JsonElement data)
    {
        var total = data.Child("tokenDetails") is { } details ? OfDetails(details) : (TokenCounts?)null;
        var models = new List<SessionModel>();
        if (data.Child("modelMetrics") is { ValueKind: JsonValueKind.Object } metrics)
        {
            foreach (var model in metrics.EnumerateObject().Take(MaximumModels))
            {
                var tokens = model.Value.Child("tokenDetails") is { } own ? OfDetails(own)
                    : model.Value.Child("usage") is { } usage ? OfMetrics(usage) : default;
                var requests = model.Value.Child("requests")?.TokensOf("count") ?? 0;
                models.Add(new SessionModel(
                    model.Name, tokens, requests, model.Value.AmountOf("totalNanoAiu") is > 0));
            }
        }

        // modelMetrics may say 0 cache writes where tokenDetails counts tens of thousands: the details are right.
        if (total is not { } sum || sum == models.Aggregate(default(TokenCounts), (all, model) => all + model.Tokens))
            return models;
        return models.Where(model => model.Tokens.Total > 0).ToList() is [var only]
            ? [only with { Tokens = sum }]
            : [new SessionModel(null, sum, 0, true)];
    }

    /// <summary>Tokens by model of a Claude Code result, in its own spelling or in that of <c>aw_session</c>.</summary>
    /// <exception cref="FormatException">A count is negative, fractional or no number.</exception>
    public static List<SessionModel> OfResult(JsonElement data)
    {
        var byModel = data.Child("modelUsage") ?? data.Child("model_usage");
        if (byModel is { ValueKind: JsonValueKind.Object } models && models.EnumerateObject().Any())
        {
            return
            [
                .. models.EnumerateObject().Take(MaximumModels).Select(model => new SessionModel(
                    model.Name, OfUsage(model.Value), 0, model.Value.AmountOf("costUSD") is > 0)),
            ];
        }

        return data.Child("usage") is { } usage
            ? [new SessionModel(null, OfUsage(usage), 0, true), .. OutsideTopLevel(usage)]
            : [];
    }

    // Billed, and in no figure of the top level: Anthropic's usage.iterations, documented 2026-08.
    private static IEnumerable<SessionModel> OutsideTopLevel(JsonElement usage) =>
        usage.Child("iterations") is { ValueKind: JsonValueKind.Array } iterations
            ? iterations.EnumerateArray()
                .Take(MaximumIterations)
                .Where(iteration => iteration.TextOf("type") is "compaction" or "advisor_message")
                .GroupBy(iteration => iteration.TextOf("model"), StringComparer.Ordinal)
                .Take(MaximumModels)
                .Select(model => new SessionModel(model.Key, SumOf(model), 0, true))
            : [];

    private static TokenCounts SumOf(IEnumerable<JsonElement> usages) =>
        usages.Aggregate(default(TokenCounts), static (sum, usage) => sum + OfUsage(usage));

    // Entries that count each kind apart: the best a session has.
    private static TokenCounts OfDetails(JsonElement details) => new(
        CountOf(details, "input"), CountOf(details, "output"),
        CountOf(details, "cache_read"), CountOf(details, "cache_write"));

    private static long CountOf(JsonElement details, string kind) =>
        details.Child(kind) is not { } entry ? 0
        : entry.ValueKind == JsonValueKind.Object ? entry.TokensOf("tokenCount") : details.TokensOf(kind);

    // Input holds the cached tokens here.
    private static TokenCounts OfMetrics(JsonElement usage)
    {
        var (read, write) = (usage.TokensOf("cacheReadTokens"), usage.TokensOf("cacheWriteTokens"));
        var input = usage.TokensOf("inputTokens");
        return new TokenCounts(
            Math.Max(0, input - read - write), usage.TokensOf("outputTokens"), read, write, 0,
            usage.TokensOf("reasoningTokens"));
    }

    private static TokenCounts OfUsage(JsonElement usage)
    {
        var read = usage.TokensOf("cacheReadInputTokens", "cache_read_input_tokens");
        var write = usage.TokensOf("cacheCreationInputTokens", "cache_creation_input_tokens");
        var hour = usage.Child("cache_creation")?.TokensOf("ephemeral_1h_input_tokens") ?? 0;
        hour = Math.Min(hour, write);
        var input = usage.TokensOf("inputTokens", "input_tokens");
        if (usage.Child("inputTokensIncludeCache") is { ValueKind: JsonValueKind.True })
            input = Math.Max(0, input - read - write);
        return new TokenCounts(
            input, usage.TokensOf("outputTokens", "output_tokens"), read, write - hour, hour,
            usage.TokensOf("reasoningOutputTokens", "reasoning_output_tokens"));
    }
}
