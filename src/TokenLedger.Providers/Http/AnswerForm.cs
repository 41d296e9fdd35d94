using System.Text.Json;

namespace TokenLedger.Providers.Http;

/// <summary>Whether a body has the form of a billing answer; its rows are the bill reader's concern.</summary>
internal static class AnswerForm
{
    /// <summary>The form of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="listName">The property that holds the bill.</param>
    public static AnswerFault Check(ReadOnlySpan<byte> body, ReadOnlySpan<byte> listName)
    {
        var hasItems = false;
        // Not the final block: text that ends early is told from text that is wrong.
        var reader = new Utf8JsonReader(body, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0
                    && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
                    return AnswerFault.NoBill;
                hasItems |= reader.CurrentDepth == 1
                    && reader.TokenType == JsonTokenType.PropertyName
                    && reader.ValueTextEquals(listName);
            }
        }
        catch (JsonException)
        {
            return AnswerFault.NoJson;
        }

        return reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth != 0 ? AnswerFault.CutOff
            : hasItems ? AnswerFault.None
            : AnswerFault.NoBill;
    }
}
