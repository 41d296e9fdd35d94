using System.Security.Cryptography;
using System.Text.Json;

namespace TokenLedger.Application.Artifacts;

/// <summary>
/// The hash of an artifact's content, whatever fields a later version adds and however it is laid out.
/// </summary>
/// <remarks>
/// SHA-256 over the document without <c>generatedAt</c> and <c>contentHash</c>: no white space, properties in ordinal
/// order, numbers as decimals without trailing zeros, arrays in their order.
/// </remarks>
public static class ContentDigest
{
    // A piece of the document at a time: an organisation's month may have a million shares.
    private const int PieceBytes = 1 << 16;

    internal static readonly string[] LeftOut = ["contentHash", "generatedAt"];

    /// <summary>The hash as lower-case hexadecimal.</summary>
    public static string Of(ReconciliationDocument document)
    {
        using var hash = SHA256.Create();
        using (var target = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write, leaveOpen: true))
            JsonSerializer.Serialize(target, document, CanonicalJson.ReconciliationDocument);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    /// <summary>The hash of an artifact that was read, with every field it has.</summary>
    /// <exception cref="FormatException">A number is no decimal.</exception>
    public static string Of(JsonElement document)
    {
        using var hash = SHA256.Create();
        using (var target = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new Utf8JsonWriter(target))
            Write(writer, document, isRoot: true);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    // As deep as the document: JsonDocument has refused more than 64 levels.
    private static void Write(Utf8JsonWriter writer, JsonElement element, bool isRoot)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject()
                    .OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    if (isRoot && LeftOut.Contains(property.Name, StringComparer.Ordinal))
                        continue;
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, isRoot: false);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, isRoot: false);
                    if (writer.BytesPending > PieceBytes)
                        writer.Flush();
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(ExactDecimalConverter.Trim(element.GetDecimal()));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
