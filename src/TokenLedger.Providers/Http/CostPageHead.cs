using System.Text.Json;

namespace TokenLedger.Providers.Http;

/// <summary>What a page of a cost report says of the next one.</summary>
/// <param name="HasMore">Whether there is one; null when the page does not say so.</param>
/// <param name="NextPage">Its cursor; null without one.</param>
internal readonly record struct CostPageHead(bool? HasMore, string? NextPage)
{
    /// <summary>The head of a body that is JSON.</summary>
    public static CostPageHead Of(ReadOnlySpan<byte> body)
    {
        var head = default(CostPageHead);
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals("has_more"u8))
            {
                reader.Read();
                head = head with
                {
                    HasMore = reader.TokenType is JsonTokenType.True or JsonTokenType.False
                        ? reader.GetBoolean()
                        : null,
                };
            }
            else if (reader.ValueTextEquals("next_page"u8))
            {
                reader.Read();
                head = head with { NextPage = TextOf(ref reader) };
            }
        }

        return head;
    }

    // Half a surrogate pair is no text.
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
