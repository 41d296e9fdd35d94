namespace TokenLedger.Domain.PriceUpdates;

/// <summary>What a list of prices is taken for.</summary>
/// <param name="Effective">The first UTC day on which the listed prices hold.</param>
/// <param name="AsOf">The UTC day on which the list was read.</param>
/// <param name="Source">The list, for the source of new rows.</param>
/// <param name="Models">
/// The models to update, by any of their names, and to add where the book lacks them; empty for all that the book has.
/// </param>
public sealed record PriceUpdateRequest(
    DateOnly Effective, DateOnly AsOf, string Source, IReadOnlyCollection<string> Models);
