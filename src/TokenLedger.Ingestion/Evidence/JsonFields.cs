using System.Globalization;
using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Reads single fields of companion files, where a number may stand in quotes and a field may be null or empty.
/// </summary>
internal static class JsonFields
{
    // Names, branches and titles are hostile text: long enough for any real one, short enough for a table's row.
    private const int MaximumTextLength = 1_000;

    // A million dollars of the cheapest model's input. With the bounds on sessions and models of a run, sums of counts
    // stay below 2^63.
    private const long MaximumTokens = 1_000_000_000_000;

    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    public static string? TextOf(this JsonElement element, string name)
    {
        if (element.Child(name) is not { ValueKind: JsonValueKind.String } value)
            return null;
        string? text;
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // An escape that is half a surrogate pair is no text.
        }

        if (string.IsNullOrWhiteSpace(text))
            return null;
        return text.Length > MaximumTextLength ? text[..MaximumTextLength] : text;
    }

    /// <summary>A whole number, also in quotes; null where absent, empty or of another form.</summary>
    public static long? WholeOf(this JsonElement element, string name)
    {
        if (element.Child(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out var number) ? number : null;
        return long.TryParse(element.TextOf(name), NumberStyles.None, CultureInfo.InvariantCulture, out var quoted)
            ? quoted
            : null;
    }

    /// <summary>A count of tokens: 0 where absent.</summary>
    /// <exception cref="FormatException">
    /// The count is negative, fractional, no number, or beyond every real one; the message is the field's name.
    /// </exception>
    public static long TokensOf(this JsonElement element, string name)
    {
        if (element.Child(name) is null)
            return 0;
        return element.WholeOf(name) is { } count and >= 0 and <= MaximumTokens
            ? count
            : throw new FormatException(name);
    }

    /// <summary>The first of several spellings that is there.</summary>
    public static long TokensOf(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Child(name) is not null)
                return element.TokensOf(name);
        }

        return 0;
    }

    /// <summary>An amount that is not negative, also in quotes; null where absent or of another form.</summary>
    public static decimal? AmountOf(this JsonElement element, string name)
    {
        if (element.Child(name) is not { } value)
            return null;
        const NumberStyles styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => element.TextOf(name),
            _ => null,
        };
        return text is { Length: <= 64 }
            && decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out var amount)
            && amount <= MaximumTokens * 1_000m
                ? amount
                : null;
    }

    public static DateTimeOffset? TimeOf(this JsonElement element, string name) => DateTimeOffset.TryParse(
        element.TextOf(name), CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    public static DateTimeOffset? EpochMillisecondsOf(this JsonElement element, string name) =>
        element.WholeOf(name) is { } milliseconds and > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
