using System.Text.Json;
using System.Text.Json.Serialization;

namespace TokenLedger.Application.Artifacts;

/// <summary>Decimals as exact JSON numbers without trailing zeros, so that equal figures are equal bytes.</summary>
internal sealed class ExactDecimalConverter : JsonConverter<decimal>
{
    // Dividing by one with a full scale makes decimal drop trailing zeros; the value stays.
    private const decimal OneAtFullScale = 1.0000000000000000000000000000m;

    public static decimal Trim(decimal value) =>
        value.Scale == 0 || !EndsInZero(value) ? value : value / OneAtFullScale;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Trim(value));

    // The last digit of the 96 bits below the sign and scale, because dividing every figure takes a second of a month:
    // 2^32 and 2^64 both end in the digit 6.
    private static bool EndsInZero(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (LastDigit(bits[0]) + (6 * LastDigit(bits[1])) + (6 * LastDigit(bits[2]))) % 10 == 0;
    }

    private static uint LastDigit(int bits) => unchecked((uint)bits) % 10;
}
