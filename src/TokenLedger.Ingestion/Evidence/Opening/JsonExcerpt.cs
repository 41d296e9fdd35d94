using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>Copies chosen fields of an object and nothing else: what is left out may hold prompts or secrets.</summary>
internal static class JsonExcerpt
{
    /// <summary>An object with those of the fields that are there and not null, in the order given.</summary>
    public static byte[] Of(JsonElement root, ReadOnlySpan<string> fields)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in fields)
            {
                if (root.Child(field) is not { } value)
                    continue;
                writer.WritePropertyName(field);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
