using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>What a line item of OpenAI's costs is understood as, by table: its text has no grammar.</summary>
/// <remarks>
/// <c>[tier | ]model, [tier ]kind[, long context]</c>. In the API schema (2026-08) only as an example without a model;
/// the rest was observed in other people's programs and fixtures (2026-05 to 2026-08), tiers before a kind nowhere.
/// </remarks>
/// <param name="Meaning">How much of it is understood.</param>
internal sealed record OpenAILineItem(OpenAILineItem.Sense Meaning)
{
    private const string LongContext = "long context";

    // Names are compared by letters and digits alone, without case.
    private static readonly Dictionary<string, TokenKind> Kinds = new(StringComparer.Ordinal)
    {
        ["input"] = TokenKind.Input,
        ["inputtokens"] = TokenKind.Input,
        ["uncachedinput"] = TokenKind.Input,
        ["uncachedinputtokens"] = TokenKind.Input,
        ["inputuncachedtokens"] = TokenKind.Input,
        ["output"] = TokenKind.Output,
        ["outputtokens"] = TokenKind.Output,
        ["cachedinput"] = TokenKind.CacheRead,
        ["cachedinputtokens"] = TokenKind.CacheRead,
        ["inputcached"] = TokenKind.CacheRead,
        ["inputcachedtokens"] = TokenKind.CacheRead,
        ["cachewrite"] = TokenKind.CacheWrite5m,
        ["cachewrites"] = TokenKind.CacheWrite5m,
        ["cachewritetokens"] = TokenKind.CacheWrite5m,
        ["inputcachewrite"] = TokenKind.CacheWrite5m,
        ["inputcachewrites"] = TokenKind.CacheWrite5m,
        ["inputcachewritetokens"] = TokenKind.CacheWrite5m,
    };

    private static readonly string[] Tiers = ["batch", "flex", "priority"];

    // gpt-audio-mini-2025-12-15 audio, gpt-image-2.5-sunburst text: models that no coding agent is.
    private static readonly string[] Modalities = ["audio", "image", "text", "video"];

    private static readonly string[] OtherModels = ["text-embedding-", "omni-moderation-"];

    private static readonly string[] OtherItems = ["websearchtoolcalls", "vectorstorage"];

    // Units of what a token log does not count; without one it may be tokens.
    private static readonly string[] TokenUnits = ["tokens", "1000_tokens"];

    /// <summary>How much of a line item is understood.</summary>
    internal enum Sense
    {
        /// <summary>Not: it may be tokens of agents.</summary>
        Unmapped,

        /// <summary>Tokens of one kind.</summary>
        Tokens,

        /// <summary>Surely nothing that is in a token log.</summary>
        NoAgentUsage,
    }

    /// <summary>The token kind; null unless it is tokens.</summary>
    public TokenKind? Kind { get; private init; }

    /// <summary>The model as the item spells it; null when it names none.</summary>
    public string? Model { get; private init; }

    /// <summary>The tier in lower case; null when it names none.</summary>
    public string? ServiceTier { get; private init; }

    /// <summary>Whether it is of prompts above the length from which a model costs more.</summary>
    public bool IsLongContext { get; private init; }

    /// <summary>Understands a line item.</summary>
    /// <param name="text">Its text; null when the row has none.</param>
    /// <param name="unit">The unit of the row's quantity; null when the row has none.</param>
    public static OpenAILineItem Of(string? text, string? unit)
    {
        if (unit is not null && !TokenUnits.Contains(unit, StringComparer.OrdinalIgnoreCase))
            return new OpenAILineItem(Sense.NoAgentUsage);
        if (text is null)
            return new OpenAILineItem(Sense.Unmapped);
        if (OtherItems.Contains(BillCells.Fold(text), StringComparer.Ordinal))
            return new OpenAILineItem(Sense.NoAgentUsage);
        var (rest, last) = SplitLast(text);
        var isLong = rest.Length > 0 && string.Equals(last, LongContext, StringComparison.OrdinalIgnoreCase);
        if (isLong)
            (rest, last) = SplitLast(rest);
        var (prefix, model) = rest.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0
            ? (rest[..bar].Trim(), rest[(bar + 1)..].Trim())
            : ("", rest);
        var (tier, kindText) = prefix.Length > 0 ? (TierOf(prefix), last) : SplitTier(last);
        var namesNoModel = model.Length == 0 && (rest.Length > 0 || text.Contains(',', StringComparison.Ordinal));
        if (!Kinds.TryGetValue(BillCells.Fold(kindText), out var kind) || namesNoModel
            || (prefix.Length > 0 && tier is null))
            return new OpenAILineItem(Sense.Unmapped);
        return IsOfOtherModel(model)
            ? new OpenAILineItem(Sense.NoAgentUsage)
            : new OpenAILineItem(Sense.Tokens)
            {
                Kind = kind,
                Model = model.Length == 0 ? null : model,
                ServiceTier = tier,
                IsLongContext = isLong,
            };
    }

    private static (string Head, string Last) SplitLast(string text) =>
        text.LastIndexOf(',') is var comma and >= 0
            ? (text[..comma].Trim(), text[(comma + 1)..].Trim())
            : ("", text.Trim());

    private static (string? Tier, string Kind) SplitTier(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 && TierOf(text[..space]) is { } tier
            ? (tier, text[space..])
            : (null, text);

    private static string? TierOf(string text) =>
        Array.Find(Tiers, tier => string.Equals(tier, text, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfOtherModel(string model) =>
        Array.Exists(OtherModels, name => model.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(Modalities, word => model.EndsWith(" " + word, StringComparison.OrdinalIgnoreCase));
}
