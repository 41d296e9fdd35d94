using System.Buffers;
using System.Text.Json;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// An answer as it is kept: beside the address, which tells endpoint, account and day, and the time of asking.
/// </summary>
internal static class StoredAnswer
{
    /// <summary>The file's bytes; the body stands in them as it came.</summary>
    /// <param name="url">The address asked, without a secret.</param>
    /// <param name="requestedAt">When it was asked, UTC.</param>
    /// <param name="body">One JSON object.</param>
    public static ReadOnlyMemory<byte> Of(Uri url, DateTimeOffset requestedAt, ReadOnlySpan<byte> body)
    {
        var bytes = new ArrayBufferWriter<byte>(body.Length + 512);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, url.AbsoluteUri);
            writer.WriteString("requestedAt"u8, requestedAt.UtcDateTime);
            writer.WritePropertyName("response"u8);
            writer.WriteRawValue(body);
            writer.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
