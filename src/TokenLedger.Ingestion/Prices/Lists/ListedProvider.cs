using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>The providers of a list that are channels of ours.</summary>
internal static class ListedProvider
{
    /// <summary>Who bills at the provider's prices; null for resellers, whose prices are their own.</summary>
    /// <remarks>LiteLLM's <c>litellm_provider</c> and the keys of models.dev, 2026-10.</remarks>
    public static Channel? ChannelOf(string? provider) => provider switch
    {
        "anthropic" => Channel.Anthropic,
        "openai" => Channel.OpenAI,
        "google" or "gemini" => Channel.Google,
        "xai" => Channel.XAI,
        "github-copilot" or "github_copilot" => Channel.Copilot,
        _ => null,
    };
}
