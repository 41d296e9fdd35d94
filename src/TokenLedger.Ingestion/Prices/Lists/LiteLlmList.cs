using System.Globalization;
using System.Text.Json;
using TokenLedger.Domain.PriceUpdates;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>Reads LiteLLM's <c>model_prices_and_context_window.json</c>.</summary>
/// <remarks>USD per token, no validity dates (2026-10).</remarks>
internal static class LiteLlmList
{
    private const string Sample = "sample_spec";
    private const string Above = "_above_";
    private const string ThousandTokens = "k_tokens";
    private const decimal Million = 1_000_000m;

    private static readonly Dictionary<string, TokenKind> Kinds = new(StringComparer.Ordinal)
    {
        ["input_cost_per_token"] = TokenKind.Input,
        ["output_cost_per_token"] = TokenKind.Output,
        ["cache_read_input_token_cost"] = TokenKind.CacheRead,
        ["cache_creation_input_token_cost"] = TokenKind.CacheWrite5m,
        ["cache_creation_input_token_cost_above_1hr"] = TokenKind.CacheWrite1h,
    };

    public static bool IsIt(JsonElement root) => root.EnumerateObject().Any(entry =>
        !string.Equals(entry.Name, Sample, StringComparison.Ordinal) && entry.Value.ValueKind == JsonValueKind.Object
        && entry.Value.TryGetProperty("litellm_provider", out _));

    public static IEnumerable<ListedModel> Read(JsonElement root)
    {
        foreach (var entry in root.EnumerateObject())
        {
            if (string.Equals(entry.Name, Sample, StringComparison.Ordinal)
                || entry.Value.ValueKind != JsonValueKind.Object
                || !entry.Value.TryGetProperty("litellm_provider", out var provider)
                || provider.ValueKind != JsonValueKind.String
                || ListedProvider.ChannelOf(provider.GetString()) is not { } channel
                || !IsPlain(entry.Name, provider.GetString()!))
                continue;
            yield return Model(channel, entry);
        }
    }

    // "fast/…" and "us/…" are the same model at another price.
    private static bool IsPlain(string id, string provider) => id.IndexOf('/', StringComparison.Ordinal) is var slash
        && (slash < 0 || string.Equals(id[..slash], provider, StringComparison.Ordinal));

    // Other tiers (…_priority, …_flex, …_batches) and units have names of their own, and are not the standard price.
    private static ListedModel Model(Channel channel, JsonProperty entry)
    {
        var bands = new ListedBands();
        string? fault = null;
        foreach (var field in entry.Value.EnumerateObject())
        {
            var (name, band) = Split(field.Name);
            if (!Kinds.TryGetValue(name, out var kind))
                continue;
            if (!ListedFigure.TryRead(field.Value, Million, out var price) || !bands.TrySet(band, kind, price))
                fault = $"{field.Name} is no price";
        }

        return new ListedModel(channel, entry.Name, bands.Prices, fault);
    }

    private static (string Name, long Band) Split(string field)
    {
        var at = field.LastIndexOf(Above, StringComparison.Ordinal);
        return at > 0 && field.EndsWith(ThousandTokens, StringComparison.Ordinal)
            && int.TryParse(
                field.AsSpan()[(at + Above.Length)..^ThousandTokens.Length], NumberStyles.None,
                CultureInfo.InvariantCulture, out var thousands)
            ? (field[..at], thousands * 1_000L) : (field, 0);
    }
}
