using System.Text;
using System.Text.Json;

namespace TokenLedger.Application.Collecting;

/// <summary>An event about a blob, out of whatever wrapping it came in.</summary>
/// <remarks>
/// Event Grid has written queue messages plain and in Base64 (reported 2021-01 and 2022-12), and a host may hand a
/// message on as a JSON string.
/// </remarks>
internal sealed record BlobEvent(string Type, string Subject)
{
    // A queue message has at most 64 KiB, of which a third more in Base64 and some more once it is quoted.
    private const int TextLengthMax = 256 * 1024;

    // A JSON string, Base64 in it, and the event; one more in reserve.
    private const int WrappingsMax = 4;

    private const int DepthMax = 32;

    private const string BlobCreated = "Microsoft.Storage.BlobCreated";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>What whoever put the blob called the request; null when the event does not say.</summary>
    public string? ClientRequestId { get; private init; }

    /// <summary>The blob's version; null when the event does not say.</summary>
    public string? ETag { get; private init; }

    public bool IsBlobCreated => string.Equals(Type, BlobCreated, StringComparison.Ordinal);

    /// <summary>The event; null when the text is none.</summary>
    public static BlobEvent? Read(string text)
    {
        if (text.Length > TextLengthMax)
            return null;
        try
        {
            var inner = text;
            for (var wrapping = 0; wrapping < WrappingsMax; wrapping++)
            {
                var trimmed = inner.Trim().TrimStart('\uFEFF');
                if (trimmed.Length == 0)
                    return null;
                if (trimmed[0] is not ('{' or '[' or '"'))
                {
                    if (FromBase64(trimmed) is not { } decoded)
                        return null;
                    inner = decoded;
                    continue;
                }

                using var document = JsonDocument.Parse(trimmed, new JsonDocumentOptions { MaxDepth = DepthMax });
                if (document.RootElement.ValueKind != JsonValueKind.String)
                    return Of(document.RootElement);
                inner = document.RootElement.GetString()!;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // Not JSON, or text that is no text: no event.
        }

        return null;
    }

    private static string? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? StrictUtf8.GetString(bytes, 0, length) : null;
    }

    private static BlobEvent? Of(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return root.GetArrayLength() == 1 && root[0].ValueKind == JsonValueKind.Object ? Of(root[0]) : null;
        // "eventType" is Event Grid's own schema, "type" is CloudEvents'.
        return (TextOf(root, "eventType") ?? TextOf(root, "type")) is { } type
            && TextOf(root, "subject") is { } subject
                ? new BlobEvent(type, subject)
                {
                    ClientRequestId = OfData(root, "clientRequestId"),
                    ETag = OfData(root, "eTag"),
                }
                : null;
    }

    private static string? OfData(JsonElement root, string name) =>
        root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? TextOf(data, name)
            : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
