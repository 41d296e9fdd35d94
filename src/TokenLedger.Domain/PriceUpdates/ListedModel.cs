using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PriceUpdates;

/// <summary>One entry of a list of present prices.</summary>
/// <param name="Channel">Who bills at these prices.</param>
/// <param name="Id">The model's name as the list spells it.</param>
/// <param name="Bands">
/// The prices in US dollars per million tokens by the prompt length in tokens from which they hold, exclusive; 0 is the
/// default. Null is what the list does not say.
/// </param>
/// <param name="Fault">What cannot be read of the entry; null when all of it can.</param>
public sealed record ListedModel(
    Channel Channel, string Id, IReadOnlyDictionary<long, UnitPrices> Bands, string? Fault = null);
