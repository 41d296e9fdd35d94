using System.Text.Json;
using TokenLedger.Domain.PriceUpdates;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>Reads the <c>api.json</c> of models.dev: USD per million tokens, no validity dates (2026-10).</summary>
internal static class ModelsDevList
{
    private const long Above200K = 200_000;

    private static readonly (string Field, TokenKind Kind)[] Fields =
    [
        ("input", TokenKind.Input), ("output", TokenKind.Output), ("cache_read", TokenKind.CacheRead),
        // One rate of writing, that of five minutes.
        ("cache_write", TokenKind.CacheWrite5m),
    ];

    public static bool IsIt(JsonElement root) =>
        root.EnumerateObject().Any(provider => ModelsOf(provider.Value) is not null);

    public static IEnumerable<ListedModel> Read(JsonElement root)
    {
        foreach (var provider in root.EnumerateObject())
        {
            if (ListedProvider.ChannelOf(provider.Name) is not { } channel
                || ModelsOf(provider.Value) is not { } models)
                continue;
            foreach (var model in models.EnumerateObject())
            {
                if (model.Value.ValueKind == JsonValueKind.Object && model.Value.TryGetProperty("cost", out var cost))
                    yield return Model(channel, model.Name, cost);
            }
        }
    }

    private static JsonElement? ModelsOf(JsonElement provider) =>
        provider.ValueKind == JsonValueKind.Object && provider.TryGetProperty("models", out var models)
        && models.ValueKind == JsonValueKind.Object ? models : null;

    private static ListedModel Model(Channel channel, string id, JsonElement cost)
    {
        var bands = new ListedBands();
        if (cost.ValueKind != JsonValueKind.Object)
            return new ListedModel(channel, id, bands.Prices, "cost is no object");
        var isRead = TryRead(cost, 0, bands);
        if (cost.TryGetProperty("context_over_200k", out var above))
            isRead &= above.ValueKind == JsonValueKind.Object && TryRead(above, Above200K, bands);
        if (cost.TryGetProperty("tiers", out var tiers))
        {
            isRead &= tiers.ValueKind == JsonValueKind.Array
                && tiers.EnumerateArray().All(tier => TryReadTier(tier, bands));
        }

        return new ListedModel(channel, id, bands.Prices, isRead ? null : "a price or tier cannot be read");
    }

    private static bool TryReadTier(JsonElement tier, ListedBands bands) =>
        tier.ValueKind == JsonValueKind.Object
        && tier.TryGetProperty("tier", out var step) && step.ValueKind == JsonValueKind.Object
        && IsOfContext(step)
        && step.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number
        && size.TryGetInt64(out var tokens) && tokens > 0
        && TryRead(tier, tokens, bands);

    // A tier without a type is one of the prompt's length; what another kind goes by is not ours to guess.
    private static bool IsOfContext(JsonElement step) =>
        !step.TryGetProperty("type", out var type)
        || (type.ValueKind == JsonValueKind.String && type.ValueEquals("context"));

    private static bool TryRead(JsonElement prices, long band, ListedBands bands)
    {
        foreach (var (field, kind) in Fields)
        {
            if (prices.TryGetProperty(field, out var value)
                && !(ListedFigure.TryRead(value, 1m, out var price) && bands.TrySet(band, kind, price)))
                return false;
        }

        return true;
    }
}
