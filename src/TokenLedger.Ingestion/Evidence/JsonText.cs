using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Parses a JSON document and makes sure that every name and text in it can be read as text.</summary>
internal static class JsonText
{
    /// <summary>The document.</summary>
    /// <exception cref="JsonException">
    /// It is not JSON, is nested too deep, is not UTF-8, or escapes half a surrogate pair: the parser alone finds the
    /// last two only when a field is looked up, in an exception that no reader expects.
    /// </exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes, int maximumDepth)
    {
        var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = maximumDepth });
        try
        {
            var reader = new Utf8JsonReader(bytes.Span, new JsonReaderOptions { MaxDepth = maximumDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                    _ = reader.GetString();
            }

            return document;
        }
        catch (InvalidOperationException fault)
        {
            document.Dispose();
            throw new JsonException("A text is not readable.", null, null, null, fault);
        }
    }
}
