using System.Text.Json.Nodes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Anthropic;

/// <summary>A row of what the fake Anthropic counts.</summary>
/// <param name="Day">Its UTC day.</param>
/// <param name="Model">The model.</param>
/// <param name="Tokens">The tokens.</param>
public sealed record FakeTokenCount(DateOnly Day, string Model, TokenCounts Tokens)
{
    /// <summary>The workspace; null for the default one.</summary>
    public string? Workspace { get; init; }

    /// <summary>The key; null for the playground.</summary>
    public string? ApiKey { get; init; } = "apikey_01Agents";

    /// <summary>The tier.</summary>
    public string ServiceTier { get; init; } = "standard";

    internal JsonObject ToJson() => new()
    {
        ["account_id"] = null,
        ["api_key_id"] = ApiKey,
        ["service_account_id"] = null,
        ["workspace_id"] = Workspace,
        ["model"] = Model,
        ["service_tier"] = ServiceTier,
        ["context_window"] = "0-200k",
        ["inference_geo"] = "global",
        ["uncached_input_tokens"] = Tokens.Input,
        ["cache_creation"] = new JsonObject
        {
            ["ephemeral_5m_input_tokens"] = Tokens.CacheWrite5m,
            ["ephemeral_1h_input_tokens"] = Tokens.CacheWrite1h,
        },
        ["cache_read_input_tokens"] = Tokens.CacheRead,
        ["output_tokens"] = Tokens.Output,
        ["server_tool_use"] = new JsonObject { ["web_search_requests"] = 0 },
    };
}
