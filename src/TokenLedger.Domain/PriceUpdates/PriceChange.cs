using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PriceUpdates;

/// <summary>One price that changes, in US dollars per million tokens.</summary>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model name.</param>
/// <param name="PromptLengthThresholdTokens">The prompt length from which it holds; 0 for the default band.</param>
/// <param name="Kind">The token kind.</param>
/// <param name="Booked">The price so far; null when unknown.</param>
/// <param name="Listed">The price from the effective day on; null where the list does not say it.</param>
public sealed record PriceChange(
    Channel Channel, string Model, long PromptLengthThresholdTokens, TokenKind Kind, decimal? Booked, decimal? Listed);
