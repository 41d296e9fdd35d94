using System.Globalization;
using System.Text;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>
/// Usage records in the field order of AWF v0.28 and in a mix like that of real runs: per hundred about 55 Claude
/// requests on /v1/messages, 30 GPT on /responses, 10 routing classifications, 5 of other kinds; one in a hundred
/// carries a steering or model_fallback object.
/// </summary>
/// <remarks>Own random numbers (SplitMix64), because <see cref="Random"/> may differ between runtimes.</remarks>
internal sealed class SyntheticTokenLog(int seed)
{
    private static readonly DateTime Start = new(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly StringBuilder line = new(1024);
    private ulong state = (ulong)seed;
    private long clockMilliseconds;
    private long totalMicroCredits;

    public string NextRecord()
    {
        line.Clear();
        clockMilliseconds += 200 + Below(4000);
        var kind = Below(100);
        var isClaude = kind < 55;
        var isRouting = kind is >= 85 and < 95;
        var isOpenAI = kind >= 95;
        var cacheRead = isRouting ? 0 : Below(180_000);
        var fresh = isClaude ? 1 + Below(40) : 500 + Below(6000);
        var cacheWrite = isClaude ? Below(3000) : 0;
        var output = 20 + Below(1500);
        var input = isClaude ? fresh : fresh + cacheRead;
        // Prices of the small book, in millionths of a credit a token: Claude 200/1000/20/250, GPT 20/120/2.
        var microCredits = isClaude
            ? (fresh * 200) + (output * 1000) + (cacheRead * 20) + (cacheWrite * 250)
            : (fresh * 20) + (output * 120) + (cacheRead * 2);
        totalMicroCredits += microCredits;
        Head(isRouting, isClaude, isOpenAI);
        Text("model", isClaude ? "claude-sonnet-5" : isOpenAI ? "gpt-5.4" : "gpt-5.6-luna");
        Text("path", isClaude ? "/v1/messages?beta=true" : "/responses");
        line.Append("\"status\":200,\"streaming\":true,");
        Number("input_tokens", input);
        Number("output_tokens", output);
        Number("cache_read_tokens", cacheRead);
        Number("cache_write_tokens", cacheWrite);
        Number("duration_ms", 800 + Below(9000));
        Credits("ai_credits_this_response", microCredits);
        Credits("ai_credits_total", totalMicroCredits);
        Text("ai_credits_pricing_source", "provider");
        Text("ai_credits_pricing_tier", "default");
        Text("ai_credits_accounting_policy", "concrete_model");
        line.Append("\"ai_credits_fallback_pricing_used\":false,");
        Tail(isOpenAI);
        return line.ToString();
    }

    private void Head(bool isRouting, bool isClaude, bool isOpenAI)
    {
        line.Append("{\"_schema\":\"token-usage/v0.28.50\",\"timestamp\":\"");
        line.Append(Start.AddMilliseconds(clockMilliseconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        line.Append("\",\"event\":\"token_usage\",\"request_id\":\"");
        AppendId();
        line.Append("\",");
        Text("purpose", isRouting ? "routing_classification" : "");
        Text("provider", isOpenAI ? "openai" : isClaude && Below(10) == 0 ? "anthropic" : "copilot");
    }

    private void Tail(bool isOpenAI)
    {
        if (!isOpenAI)
            line.Append("\"x_initiator\":\"agent\",");
        if (Below(200) == 0)
            line.Append("\"steering\":{\"type\":\"ai_credit\",\"threshold\":80},");
        if (Below(200) == 0)
            line.Append("\"model_fallback\":{\"requested_model\":\"a\",\"model\":\"b\",\"attempt\":1,\"reason\":\"upstream_5xx\",\"status\":503},");
        line.Append(CultureInfo.InvariantCulture, $"\"response_bytes\":{Below(90_000)}}}");
    }

    private void AppendId()
    {
        var high = Next().ToString("x16", CultureInfo.InvariantCulture);
        var low = Next().ToString("x16", CultureInfo.InvariantCulture);
        line.Append(high, 0, 8).Append('-').Append(high, 8, 4).Append("-4").Append(high, 13, 3);
        line.Append("-8").Append(low, 1, 3).Append('-').Append(low, 4, 12);
    }

    private void Text(string name, string value) =>
        line.Append('"').Append(name).Append("\":\"").Append(value).Append("\",");

    private void Number(string name, long value) =>
        line.Append(CultureInfo.InvariantCulture, $"\"{name}\":{value},");

    private void Credits(string name, long microCredits) => line.Append(
        CultureInfo.InvariantCulture, $"\"{name}\":{microCredits * 0.000001m:0.######},");

    private long Below(int bound) => (long)(Next() % (ulong)bound);

    private ulong Next()
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var mixed = state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
