namespace TokenLedger.Testing.Worlds.Prices;

/// <summary>A model that people and runs use.</summary>
/// <param name="Id">The normalised name, as slices have it.</param>
/// <param name="Display">The name on the bill.</param>
/// <param name="WritesCache">Whether its provider bills cache writes.</param>
/// <param name="LongBandThresholdTokens">Where its long-context price begins; null without one.</param>
public sealed record WorldModel(string Id, string Display, bool WritesCache, long? LongBandThresholdTokens = null)
{
    /// <summary>A model whose price changes in the month, and the price book knows it.</summary>
    public static readonly WorldModel Sol = new("gpt-5-6-sol", "GPT-5.6 Sol", WritesCache: true);

    /// <summary>A model that may be billed otherwise than listed.</summary>
    public static readonly WorldModel Haiku = new("claude-haiku-4-5", "Claude Haiku 4.5", WritesCache: true);

    /// <summary>A model that no price book knows.</summary>
    public static readonly WorldModel Nova = new("nova-2-preview", "Nova 2 Preview", WritesCache: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<WorldModel> All =
    [
        new("claude-sonnet-5", "Claude Sonnet 5", WritesCache: true),
        new("claude-opus-5", "Claude Opus 5", WritesCache: true),
        new("gemini-3-5-flash", "Gemini 3.5 Flash", WritesCache: false),
        new("gpt-5-5", "GPT-5.5", WritesCache: false, LongBandThresholdTokens: 272_000),
        Sol, Haiku, Nova,
    ];
}
