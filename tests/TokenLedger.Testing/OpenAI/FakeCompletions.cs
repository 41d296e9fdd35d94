using System.Text.Json.Nodes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.OpenAI;

/// <summary>A row of what the fake OpenAI counts.</summary>
/// <param name="Day">Its UTC day.</param>
/// <param name="Model">The model.</param>
/// <param name="Tokens">The tokens; on the wire the input holds those read and written.</param>
public sealed record FakeCompletions(DateOnly Day, string Model, TokenCounts Tokens)
{
    /// <summary>The project; null for none.</summary>
    public string? Project { get; init; } = "proj_agents";

    /// <summary>The API key's id; null for none.</summary>
    public string? ApiKey { get; init; } = "key_agents";

    internal JsonObject ToJson(IReadOnlyCollection<string> groups) => new()
    {
        ["object"] = "organization.usage.completions.result",
        ["input_tokens"] = Tokens.Prompt,
        ["input_uncached_tokens"] = Tokens.Input,
        ["input_cached_tokens"] = Tokens.CacheRead,
        ["input_cache_write_tokens"] = Tokens.CacheWrite,
        ["output_tokens"] = Tokens.Output,
        ["num_model_requests"] = 1,
        ["project_id"] = groups.Contains("project_id") ? Project : null,
        ["api_key_id"] = groups.Contains("api_key_id") ? ApiKey : null,
        ["user_id"] = null,
        ["model"] = groups.Contains("model") ? Model : null,
        ["batch"] = groups.Contains("batch") ? false : null,
        ["service_tier"] = groups.Contains("service_tier") ? "default" : null,
    };
}
