using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>The prices of an entry, gathered field by field.</summary>
internal sealed class ListedBands
{
    private readonly Dictionary<long, decimal?[]> bands = [];

    public IReadOnlyDictionary<long, UnitPrices> Prices => bands.ToDictionary(
        band => band.Key,
        band => new UnitPrices(band.Value[0], band.Value[1], band.Value[2], band.Value[3], band.Value[4]));

    /// <summary>Takes a price; false when another stands there already.</summary>
    public bool TrySet(long band, TokenKind kind, decimal? price)
    {
        if (price is null)
            return true;
        if (!bands.TryGetValue(band, out var prices))
            bands.Add(band, prices = new decimal?[TokenCounts.Kinds.Count]);
        ref var own = ref prices[(int)kind];
        if (own is not null && own != price)
            return false;
        own = price;
        return true;
    }
}
