using System.Text;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

/// <summary>Damages and bends valid records. Seeded, so a failure can be repeated.</summary>
internal sealed class LineMutator(int seed)
{
    private static readonly string[] Values =
    [
        "0", "7", "00", "1.0", "1e3", "-1", "1.5", "1200", "\"1200\"", "\"\"", "null", "true", "false", "{}", "[]",
        "{\"a\":[1,{}]}", "999999999999999", "1000000000000000", "1000000000000001", "9999999999999999999", "1.", ".5",
        "0.0831", "\"x\"", "\"\\u0041\"", "\"é\"", "\"2026-10-09T23:59:59.999Z\"", "\"2026-02-30T00:00:00.000Z\"",
        "\"2026-10-09T01:00:00+02:00\"", "\"2026-10-09T01:00:00\"", "200", "101", "404", "\"token_usage\"",
        "\"token_steering\"", "\"token-usage/v9\"", "\"other/v1\"", "1 ", "tru", "nul", "1,", "\"a\tb\"", "0.1234567890123456789",
    ];

    private static readonly string[] Names =
    [
        "_schema", "timestamp", "event", "request_id", "purpose", "provider", "model", "path", "status", "streaming",
        "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "duration_ms", "reasoning_tokens",
        "ai_credits_this_response", "service_tier", "ai_credits_dynamic_selector", "input_tokens_include_cache",
        "cached_tokens", "cache_creation_input_tokens", "cache_creation", "response_bytes", "unknown",
    ];

    private readonly Random random = new(seed);

    /// <summary>A mutant of a valid record; sometimes the record itself.</summary>
    public byte[] Next(string line)
    {
        var mutations = random.Next(0, 4);
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var i = 0; i < mutations; i++)
            bytes = Mutate(bytes);
        return bytes;
    }

    private byte[] Mutate(byte[] bytes) => random.Next(7) switch
    {
        0 => Spliced(bytes, random.Next(bytes.Length + 1), 0, [(byte)random.Next(256)]),
        1 => bytes.Length == 0 ? bytes : Spliced(bytes, random.Next(bytes.Length), 1, []),
        2 => bytes.Length == 0 ? bytes : Spliced(bytes, random.Next(bytes.Length), 1, [(byte)random.Next(0x20, 0x7F)]),
        3 => bytes[..random.Next(bytes.Length + 1)],
        4 => WithOtherValue(bytes),
        5 => WithOtherValue(bytes),
        _ => WithField(bytes),
    };

    private byte[] WithOtherValue(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var name = Names[random.Next(Names.Length)];
        var at = text.IndexOf($"\"{name}\":", StringComparison.Ordinal);
        if (at < 0)
            return bytes;
        var start = at + name.Length + 3;
        var end = text.IndexOfAny([',', '}'], Math.Min(start, text.Length));
        return end < 0
            ? bytes
            : Spliced(bytes, start, end - start, Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]));
    }

    private byte[] WithField(byte[] bytes)
    {
        if (bytes.Length == 0 || bytes[0] != '{')
            return bytes;
        var field = $"\"{Names[random.Next(Names.Length)]}\" : {Values[random.Next(Values.Length)]}, ";
        return Spliced(bytes, 1, 0, Encoding.UTF8.GetBytes(field));
    }

    private static byte[] Spliced(byte[] bytes, int at, int removed, byte[] added) =>
        [.. bytes.AsSpan(0, at), .. added, .. bytes.AsSpan(at + removed)];
}
