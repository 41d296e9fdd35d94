using System.Text.Json.Nodes;

namespace TokenLedger.Testing.Anthropic;

/// <summary>A row of the fake Anthropic's bill.</summary>
/// <param name="Day">Its UTC day.</param>
/// <param name="Cents">The amount as it stands in the answer.</param>
/// <param name="Model">The model; null for what is no model's.</param>
/// <param name="TokenType">The token type; null for what is not paid by tokens.</param>
public sealed record FakeCost(DateOnly Day, string Cents, string? Model, string? TokenType)
{
    /// <summary>What it is for.</summary>
    public string CostType { get; init; } = "tokens";

    /// <summary>The workspace; null for the default one.</summary>
    public string? Workspace { get; init; }

    /// <summary>The tier.</summary>
    public string? ServiceTier { get; init; } = "standard";

    /// <summary>What it is for, in words.</summary>
    public string Description => $"{Model ?? CostType} {TokenType}".Trim();

    internal JsonObject ToJson() => new()
    {
        ["amount"] = Cents,
        ["currency"] = "USD",
        ["cost_type"] = CostType,
        ["description"] = Description,
        ["model"] = Model,
        ["service_tier"] = ServiceTier,
        ["token_type"] = TokenType,
        ["context_window"] = TokenType is null ? null : "0-200k",
        ["inference_geo"] = TokenType is null ? null : "global",
        ["workspace_id"] = Workspace,
    };
}
