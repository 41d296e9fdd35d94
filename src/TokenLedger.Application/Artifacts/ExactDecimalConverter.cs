using System.Text.Json;
using System.Text.Json.Serialization;

namespace TokenLedger.Application.Artifacts;

/// <summary>Decimals as exact JSON numbers without trailing zeros, so that equal figures are equal bytes.</summary>
internal sealed class ExactDecimalConverter : JsonConverter<decimal>
{
    // Dividing by one with a full scale makes decimal drop trailing zeros; the value stays.
    private const decimal OneAtFullScale = 1.0000000000000000000000000000m;

    public static decimal Trim(decimal value) => value / OneAtFullScale;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Trim(value));
}
