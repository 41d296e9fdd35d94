using System.Globalization;
using System.Text.Json;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Webhooks;

/// <summary>
/// Reads the value behind a property's name. A value of another form than asked for is passed over and is null.
/// </summary>
internal static class JsonValues
{
    // Names, branches and titles are hostile text: long enough for any real one, short enough for a table's row.
    private const int MaximumTextLength = 1_000;

    /// <summary>Whether the value opens as asked for; anything else is passed over.</summary>
    public static bool Enter(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        reader.Read();
        if (reader.TokenType == kind)
            return true;
        reader.Skip();
        return false;
    }

    public static string? Text(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader, JsonTokenType.String))
            return null;
        var text = reader.GetString();
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length <= MaximumTextLength)
            return text;
        // Half a surrogate pair is no text.
        return text[..(char.IsHighSurrogate(text[MaximumTextLength - 1]) ? MaximumTextLength - 1 : MaximumTextLength)];
    }

    public static long? Whole(ref Utf8JsonReader reader) =>
        Enter(ref reader, JsonTokenType.Number) && reader.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Time(ref Utf8JsonReader reader) => DateTimeOffset.TryParse(
        Text(ref reader), CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>The host of an address, in lower case. A server of one's own may lack TLS.</summary>
    public static string? Host(ref Utf8JsonReader reader) =>
        Uri.TryCreate(Text(ref reader), UriKind.Absolute, out var address)
        && address.Scheme is "https" or "http" && RunNames.IsHost(address.Host)
            ? address.Host.ToLowerInvariant()
            : null;
}
