using System.Text.Json.Nodes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Anthropic;

/// <summary>What the fake Anthropic says of one person who used Claude Code.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Email">The person; null for a key.</param>
/// <param name="Model">The model.</param>
/// <param name="Tokens">The tokens.</param>
/// <param name="EstimatedCents">The estimate in whole cents.</param>
public sealed record FakePersonUse(DateOnly Day, string? Email, string Model, TokenCounts Tokens, int EstimatedCents)
{
    /// <summary>Where it was used.</summary>
    public string Terminal { get; init; } = "vscode";

    internal JsonObject ToJson() => new()
    {
        ["date"] = $"{Day:yyyy-MM-dd}T00:00:00Z",
        ["model_breakdown"] = new JsonArray(new JsonObject
        {
            ["model"] = Model,
            ["tokens"] = new JsonObject
            {
                ["input"] = Tokens.Input,
                ["output"] = Tokens.Output,
                ["cache_read"] = Tokens.CacheRead,
                ["cache_creation"] = Tokens.CacheWrite,
            },
            ["estimated_cost"] = new JsonObject { ["currency"] = "USD", ["amount"] = EstimatedCents },
        }),
        ["actor"] = Email is null
            ? new JsonObject { ["type"] = "api_actor", ["api_key_name"] = "ci-runner" }
            : new JsonObject { ["type"] = "user_actor", ["email_address"] = Email },
        ["organization_id"] = "11111111-2222-3333-4444-555555555555",
        ["customer_type"] = "api",
        ["subscription_type"] = null,
        ["is_remote"] = false,
        ["terminal_type"] = Terminal,
        ["core_metrics"] = new JsonObject { ["num_sessions"] = 4 },
    };
}
