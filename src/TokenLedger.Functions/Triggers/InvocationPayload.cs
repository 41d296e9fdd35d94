using System.Text.Json;

namespace TokenLedger.Functions.Triggers;

/// <summary>What the Functions host posts for a trigger that is not HTTP.</summary>
/// <remarks>
/// Read from the host's source and measured against its serialiser (2026-11): text arrives as a JSON string inside a
/// JSON string; objects arrive as objects. <c>Metadata</c> is not read: a message that is an object overwrites it.
/// </remarks>
internal static class InvocationPayload
{
    /// <summary>Larger than any queue message (64 KiB) however often it is escaped.</summary>
    public const int BytesMax = 1024 * 1024;

    // A message is quoted once or twice; a text that is still a string after that is what it says.
    private const int QuotesMax = 3;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The text of a queue message; null when the payload holds none under that binding.</summary>
    /// <param name="payload">The body of the invocation.</param>
    /// <param name="binding">The binding's name in <c>function.json</c>.</param>
    public static string? MessageOf(ReadOnlyMemory<byte> payload, string binding)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Options);
            if (Property(document.RootElement, "Data") is not { } data || Property(data, binding) is not { } value)
                return null;
            return value.ValueKind switch
            {
                JsonValueKind.String => Unquoted(value.GetString()!),
                JsonValueKind.Object or JsonValueKind.Array => value.GetRawText(),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no UTF-16 text, such as half a surrogate pair.
            return null;
        }
    }

    private static string Unquoted(string text)
    {
        for (var i = 0; i < QuotesMax && text.TrimStart().StartsWith('"'); i++)
        {
            try
            {
                using var inner = JsonDocument.Parse(text, Options);
                if (inner.RootElement.ValueKind != JsonValueKind.String)
                    return text;
                text = inner.RootElement.GetString()!;
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                return text;
            }
        }

        return text;
    }

    private static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            // The host's keys are case-insensitive.
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }
}
