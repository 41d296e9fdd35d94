using System.Globalization;
using System.Text;
using System.Text.Json;
using TokenLedger.Storage.Azure.Queues;

namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>The binding data of a queue message, name → JSON, in the host's order.</summary>
/// <remarks>
/// The trap: an object message's own properties are copied in, whatever their names, so that a message can claim
/// another <c>Id</c> or <c>DequeueCount</c>. Read from the host's source (2026-11). The host also rewrites texts that
/// look like dates; that is left out here.
/// </remarks>
internal static class MessageMetadata
{
    public static OrderedDictionary<string, string> Of(
        QueueMessage message, string text, string function, InvocationMark mark)
    {
        var metadata = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["DequeueCount"] = JsonText.Quote(message.DequeueCount.ToString(CultureInfo.InvariantCulture)),
            ["Id"] = Twice(message.Id),
            ["PopReceipt"] = Twice(message.PopReceipt),
            ["InsertionTime"] = Instant(message.InsertedAt),
            ["ExpirationTime"] = Instant(message.ExpiresAt),
            ["NextVisibleTime"] = Instant(message.NextVisibleAt),
            ["sys"] = System(function, mark),
        };
        foreach (var (name, value) in PropertiesOf(text))
            metadata[name] = value;
        return metadata;
    }

    public static string System(string function, InvocationMark mark) =>
        $$"""{"MethodName":{{JsonText.Quote(function)}},"UtcNow":"{{InstantText.Utc(mark.At)}}","RandGuid":"{{mark.Random}}"}""";

    private static List<(string Name, string Json)> PropertiesOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return [];
            return [.. document.RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
                .Where(property => !property.Name.EndsWith("trigger", StringComparison.OrdinalIgnoreCase))
                .Select(property => (property.Name, Json(property.Value)))];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // No JSON, or a string that is no text: the host then copies nothing.
            return [];
        }
    }

    private static string Json(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Compact(value),
        JsonValueKind.True => Twice("True"),
        JsonValueKind.False => Twice("False"),
        JsonValueKind.Number => Twice(NumberText(value)),
        _ => Twice(value.GetString()!),
    };

    private static string NumberText(JsonElement value)
    {
        var text = value.GetRawText();
        return text.AsSpan().ContainsAny('.', 'e', 'E')
            ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture)
            : text;
    }

    private static string Compact(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new()
        {
            Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, checked((int)buffer.Length));
    }

    private static string Instant(DateTimeOffset? at) => at is { } known ? $"\"{InstantText.WithOffset(known)}\"" : "null";

    // What is no object is serialised into a string, and then once more.
    private static string Twice(string text) => JsonText.Quote(JsonText.Quote(text));
}
