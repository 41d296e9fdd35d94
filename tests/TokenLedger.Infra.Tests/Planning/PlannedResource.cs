using System.Text.Json;

namespace TokenLedger.Infra.Tests.Planning;

/// <summary>One resource of a plan.</summary>
/// <param name="Id">Its id, or the expression that it follows from.</param>
/// <param name="Type">With its provider.</param>
/// <param name="Name">With those of its parents.</param>
/// <param name="Json">All of it.</param>
internal sealed record PlannedResource(string Id, string Type, string Name, JsonElement Json)
{
    public string LastName => Name.Split('/')[^1];

    public JsonElement Properties => Json.GetProperty("properties");

    public static PlannedResource Of(JsonElement json) => new(
        json.GetProperty("id").GetString()!, json.GetProperty("type").GetString()!,
        json.GetProperty("name").GetString()!, json);

    /// <summary>A property, named from the outermost inwards.</summary>
    public JsonElement At(params string[] path) =>
        path.Aggregate(Properties, (element, name) => element.GetProperty(name));

    public string TextAt(params string[] path) => At(path).GetString()!;
}
