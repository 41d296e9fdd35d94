using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Pricing;

/// <summary>
/// The list unit prices of one model through one channel, for a span of UTC days and a prompt-length band.
/// </summary>
/// <param name="Channel">Who bills: the same model has other prices through another channel.</param>
/// <param name="Model">The normalised model name.</param>
/// <param name="ValidFrom">The first UTC day, inclusive; null is "since ever".</param>
/// <param name="ValidTo">The first UTC day the row no longer holds, exclusive; null is "until further notice".</param>
/// <param name="PromptLengthThresholdTokens">
/// The row holds for whole requests with a longer prompt than this; 0 for the default band.
/// </param>
/// <param name="UsdPerMillionTokens">The list unit price of each kind in US dollars per one million tokens.</param>
/// <param name="Source">Where the row was read: an address or the name of a document.</param>
/// <param name="AsOf">The day the source was read.</param>
/// <param name="IsVerified">False where the source is second-hand or the first day is only approximate.</param>
public sealed record PriceRow(
    Channel Channel,
    string Model,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    long PromptLengthThresholdTokens,
    UnitPrices UsdPerMillionTokens,
    string Source,
    DateOnly AsOf,
    bool IsVerified)
{
    /// <summary>Whether the row holds on a UTC day.</summary>
    public bool HoldsOn(DateOnly day) =>
        (ValidFrom is null || day >= ValidFrom) && (ValidTo is null || day < ValidTo);
}
