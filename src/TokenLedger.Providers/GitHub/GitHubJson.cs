using System.Text.Json;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// Opens small answers of GitHub's API; a field of another form than asked for is as one that is missing.
/// </summary>
internal static class GitHubJson
{
    private const int MaximumDepth = 64;

    /// <summary>The document; null when it is no JSON.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A field of an object; null without it.</summary>
    public static JsonElement? FieldOf(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text; null without it, and for an escape that is half a surrogate pair.</summary>
    public static string? TextOf(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.FieldOf(name) is not { ValueKind: JsonValueKind.String } value)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A whole number; null without it.</summary>
    public static long? WholeOf(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.FieldOf(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            ? number
            : null;
}
