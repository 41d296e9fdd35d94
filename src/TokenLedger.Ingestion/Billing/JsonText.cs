using System.Text;
using System.Text.Json;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Takes texts from JSON without throwing on hostile ones.</summary>
internal static class JsonText
{
    /// <summary>A text, number or truth value as text; empty for null.</summary>
    public static string? OfScalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Of(ref reader),
        JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "",
    };

    /// <summary>A text; null when it is no Unicode, such as half of a surrogate pair.</summary>
    public static string? Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
