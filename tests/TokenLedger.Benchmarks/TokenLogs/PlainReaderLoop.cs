using System.Text.Json;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>
/// The measure: the loop one writes first. Splits lines and reads six fields as values with Utf8JsonReader (a time, two
/// texts, three counts), on one core.
/// </summary>
internal static class PlainReaderLoop
{
    public static PlainTotals Run(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[1 << 18];
        var totals = default(PlainTotals);
        var length = 0;
        while (stream.Read(buffer.AsSpan(length)) is var read and > 0)
        {
            length += read;
            var rest = new ReadOnlySpan<byte>(buffer, 0, length);
            while (rest.IndexOf((byte)'\n') is var end and >= 0)
            {
                ReadRecord(rest[..end], ref totals);
                rest = rest[(end + 1)..];
            }

            rest.CopyTo(buffer);
            length = rest.Length;
        }

        return totals;
    }

    private static void ReadRecord(ReadOnlySpan<byte> line, ref PlainTotals totals)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                totals.ModelLetters += reader.GetString()!.Length;
            }
            else if (reader.ValueTextEquals("request_id"u8))
            {
                reader.Read();
                totals.IdLetters += reader.GetString()!.Length;
            }
            else if (reader.ValueTextEquals("input_tokens"u8))
            {
                totals.Input += NextNumber(ref reader);
            }
            else if (reader.ValueTextEquals("output_tokens"u8))
            {
                totals.Output += NextNumber(ref reader);
            }
            else if (reader.ValueTextEquals("cache_read_tokens"u8))
            {
                totals.CacheRead += NextNumber(ref reader);
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                reader.Read();
                totals.Seconds += reader.GetDateTimeOffset().Second;
            }
            else
            {
                reader.Skip();
            }
        }

        totals.Records++;
    }

    private static long NextNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }
}
