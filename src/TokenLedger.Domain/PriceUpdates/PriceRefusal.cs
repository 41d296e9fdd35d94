using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PriceUpdates;

/// <summary>A model whose listed prices are not taken.</summary>
/// <param name="Channel">Who bills; unknown where the list tells nothing of the model.</param>
/// <param name="Model">The normalised model name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Ids">The entries, as the list spells them, in ordinal order.</param>
public sealed record PriceRefusal(
    Channel Channel, string Model, PriceRefusalReason Reason, IReadOnlyList<string> Ids);
