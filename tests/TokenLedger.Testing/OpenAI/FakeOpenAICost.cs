using System.Text.Json.Nodes;

namespace TokenLedger.Testing.OpenAI;

/// <summary>A row of the fake OpenAI's bill.</summary>
/// <param name="Day">Its UTC day.</param>
/// <param name="Usd">The amount as it stands in the answer, a number or any other JSON.</param>
/// <param name="LineItem">The line item; null for none.</param>
public sealed record FakeOpenAICost(DateOnly Day, string Usd, string? LineItem)
{
    /// <summary>The project; null for none.</summary>
    public string? Project { get; init; } = "proj_agents";

    /// <summary>The API key's id; null for none.</summary>
    public string? ApiKey { get; init; } = "key_agents";

    /// <summary>How much was used, by agents and others.</summary>
    public long Quantity { get; init; } = 5_000;

    /// <summary>The unit of its quantity; null for no quantity.</summary>
    public string? Unit { get; init; } = "tokens";

    internal JsonObject ToJson(IReadOnlyCollection<string> groups, bool omitsNulls)
    {
        var isByItem = groups.Contains("line_item");
        var row = new JsonObject
        {
            ["object"] = "organization.costs.result",
            ["amount"] = new JsonObject { ["value"] = JsonNode.Parse(Usd), ["currency"] = "usd" },
            ["line_item"] = isByItem ? LineItem : null,
            ["project_id"] = groups.Contains("project_id") ? Project : null,
            ["api_key_id"] = groups.Contains("api_key_id") ? ApiKey : null,
            ["quantity"] = isByItem && Unit is not null ? Quantity : null,
            ["quantity_unit"] = isByItem ? Unit : null,
        };
        foreach (var (name, value) in row.ToList())
        {
            if (omitsNulls && value is null)
                row.Remove(name);
        }

        return row;
    }
}
