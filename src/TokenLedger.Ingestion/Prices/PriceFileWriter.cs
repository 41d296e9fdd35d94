using System.Globalization;
using System.Text.Json;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Prices;

/// <summary>Writes a price file in the form of <c>tokenledger/prices/v1</c>: equal content makes equal bytes.</summary>
public static class PriceFileWriter
{
    // As many decimals as a decimal can have, so that nothing is rounded and no zeros trail.
    private const string Exact = "0.############################";

    /// <summary>The file's bytes.</summary>
    /// <param name="names">The aliases.</param>
    /// <param name="discounts">The discounts of automatic selection.</param>
    /// <param name="rows">The rows, written in this order.</param>
    public static byte[] Write(
        ModelNames names, IEnumerable<AutoDiscount> discounts, IEnumerable<PriceRow> rows)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", PriceBookReader.Schema);
            writer.WriteStartObject("aliases");
            foreach (var (alias, model) in names.Aliases)
                writer.WriteString(alias, model);
            writer.WriteEndObject();
            writer.WriteStartArray("autoDiscounts");
            foreach (var discount in discounts)
                Write(writer, discount);
            writer.WriteEndArray();
            writer.WriteStartArray("rows");
            foreach (var row in rows)
                Write(writer, row);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, AutoDiscount discount)
    {
        writer.WriteStartObject();
        writer.WriteString("channel", discount.Channel.ToString());
        writer.WriteString("validFrom", Day(discount.ValidFrom));
        writer.WriteString("validTo", Day(discount.ValidTo));
        writer.WriteString("percent", discount.Percent.ToString(Exact, CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PriceRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("channel", row.Channel.ToString());
        writer.WriteString("model", row.Model);
        writer.WriteString("validFrom", Day(row.ValidFrom));
        writer.WriteString("validTo", Day(row.ValidTo));
        writer.WriteNumber("promptTokensAbove", row.PromptLengthThresholdTokens);
        writer.WriteStartObject("usdPerMillionTokens");
        foreach (var kind in TokenCounts.Kinds)
        {
            writer.WriteString(
                Field(kind), row.UsdPerMillionTokens[kind]?.ToString(Exact, CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
        writer.WriteString("source", row.Source);
        writer.WriteString("asOf", Day(row.AsOf));
        writer.WriteBoolean("verified", row.IsVerified);
        writer.WriteEndObject();
    }

    private static string Field(TokenKind kind) => kind switch
    {
        TokenKind.Input => "input",
        TokenKind.Output => "output",
        TokenKind.CacheRead => "cacheRead",
        TokenKind.CacheWrite5m => "cacheWrite5m",
        _ => "cacheWrite1h",
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
