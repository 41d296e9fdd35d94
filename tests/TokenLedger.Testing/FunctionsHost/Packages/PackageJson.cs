using System.Text.Json;

namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>Reads the package's files with the host's leniency: comments and trailing commas pass.</summary>
internal static class PackageJson
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static JsonDocument Parse(string json, string file)
    {
        try
        {
            return JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException failure)
        {
            throw new InvalidPackageException($"{file} is no JSON: {failure.Message}");
        }
    }

    public static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? Text(JsonElement? element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static IReadOnlyList<string>? Texts(JsonElement? element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } values
            ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")]
            : null;
}
