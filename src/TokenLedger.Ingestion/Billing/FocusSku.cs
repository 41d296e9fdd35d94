using System.Text.Json;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>What the SKU columns of a FOCUS row tell of the model and the tokens.</summary>
/// <param name="Model">The model as the row spells it; null when none of the known places names one.</param>
/// <param name="Kind">The token kind.</param>
/// <param name="ServiceTier">The tier in lower case.</param>
/// <param name="ContextBand"><c>default</c> or <c>long</c>.</param>
internal sealed record FocusSku(string? Model, TokenKind? Kind, string? ServiceTier, string? ContextBand)
{
    private const int MostDetails = 1_000;

    /// <summary>
    /// Looks in <c>SkuPriceDetails</c>, <c>x_</c> columns, tags and the <c>model/kind</c> shape of <c>SkuId</c>, in
    /// this order.
    /// </summary>
    public static FocusSku Of(BillCells cells)
    {
        var details = Flat(cells["skupricedetails"]);
        var tags = Flat(cells["tags"]);
        var shape = (cells["skuid"] ?? "").Split('/', 3);
        var shapeKind = shape.Length == 2 ? KindOf(shape[1]) : null;
        var kind = KindOf(Find("xtokentype")) ?? shapeKind ?? KindOf(cells["skumeter"]);
        var model = Find("xmodel") ?? tags.GetValueOrDefault("model") ?? (shapeKind is null ? null : shape[0]);
        return new FocusSku(
            string.IsNullOrWhiteSpace(model) ? null : model.Trim(),
            kind,
            Find("xservicetier")?.ToLowerInvariant(),
            BandOf(Find("xcontextwindow")));

        string? Find(string name) => details.GetValueOrDefault(name) ?? cells[name] ?? tags.GetValueOrDefault(name);
    }

    /// <summary>
    /// The kind of a token type of Anthropic's cost_report (2026-07), of OpenAI's usage (2026-08), or of a meter made
    /// of them; null for any other text.
    /// </summary>
    public static TokenKind? KindOf(string? text) => BillCells.Fold(text ?? "") switch
    {
        "uncachedinputtokens" or "uncachedinput" or "inputtokens" or "input" or "inputuncachedtokens"
            => TokenKind.Input,
        "outputtokens" or "output" => TokenKind.Output,
        "cachereadinputtokens" or "cachereadtokens" or "cacheread" or "cachedinput" or "cachedinputtokens"
            or "inputcachedtokens" => TokenKind.CacheRead,
        "cachecreationephemeral5minputtokens" or "ephemeral5minputtokens" or "cachewrite5m" or "cachewrite"
            or "cachewritetokens" or "inputcachewritetokens" => TokenKind.CacheWrite5m,
        "cachecreationephemeral1hinputtokens" or "ephemeral1hinputtokens" or "cachewrite1h" => TokenKind.CacheWrite1h,
        _ => null,
    };

    private static string? BandOf(string? window) => window?.Trim().ToLowerInvariant() switch
    {
        "0-200k" or "default" => "default",
        "200k-1m" or "long" => "long",
        _ => null,
    };

    private static Dictionary<string, string> Flat(string? json)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json is null)
            return texts;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = BillLimits.JsonDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return texts;
            foreach (var property in document.RootElement.EnumerateObject().Take(MostDetails))
            {
                var value = property.Value;
                if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
                    texts.TryAdd(BillCells.Fold(property.Name), text);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Tags are the customer's own text and carry no money: a row with broken tags names fewer dimensions.
            texts.Clear();
        }

        return texts;
    }
}
