using TokenLedger.Domain.Pricing;

namespace TokenLedger.Domain.PriceUpdates;

/// <summary>What a list of prices changes.</summary>
/// <param name="Changes">The prices that change, ordered by channel, model, band and kind.</param>
/// <param name="Refusals">The models whose listed prices are not taken, ordered by channel and model.</param>
/// <param name="Rows">Every row of each changed model, those of earlier days included.</param>
/// <param name="UnchangedModels">Models whose listed prices are the booked ones.</param>
/// <param name="UnlistedModels">Models of the book that the list does not have.</param>
public sealed record PriceUpdatePlan(
    IReadOnlyList<PriceChange> Changes,
    IReadOnlyList<PriceRefusal> Refusals,
    IReadOnlyList<PriceRow> Rows,
    int UnchangedModels,
    int UnlistedModels);
