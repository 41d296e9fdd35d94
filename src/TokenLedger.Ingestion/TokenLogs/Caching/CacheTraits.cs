using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs.Caching;

/// <summary>What provider, path and model of a request tell about its cache convention.</summary>
/// <param name="Channel">Who bills.</param>
/// <param name="IsMessagesPath">Anthropic's protocol: the path starts with <c>/v1/messages</c>.</param>
/// <param name="IsResponsesPath">OpenAI's responses protocol.</param>
/// <param name="IsGpt">A model of OpenAI's families.</param>
/// <param name="IsClaude">A model of Anthropic's families.</param>
public readonly record struct CacheTraits(
    Channel Channel, bool IsMessagesPath, bool IsResponsesPath, bool IsGpt, bool IsClaude)
{
    /// <summary>The traits of a request.</summary>
    /// <param name="channel">Who bills.</param>
    /// <param name="path">The path with query; null where the record has none.</param>
    /// <param name="model">The normalised model name.</param>
    public static CacheTraits Of(Channel channel, string? path, string model)
    {
        var bare = (path ?? "").AsSpan();
        var query = bare.IndexOf('?');
        if (query >= 0)
            bare = bare[..query];
        return new CacheTraits(
            channel,
            bare.StartsWith("/v1/messages", StringComparison.Ordinal),
            bare.TrimEnd('/').EndsWith("/responses", StringComparison.Ordinal),
            IsOpenAIFamily(model),
            model.StartsWith("claude", StringComparison.Ordinal));
    }

    // gpt-5.6-luna, codex-mini, o4-mini: the families that OpenAI has named by 2026-10.
    private static bool IsOpenAIFamily(string model) =>
        model.StartsWith("gpt", StringComparison.Ordinal)
        || model.StartsWith("codex", StringComparison.Ordinal)
        || (model.Length > 1 && model[0] == 'o' && char.IsAsciiDigit(model[1]));
}
