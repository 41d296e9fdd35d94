using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>The booked rows that a price on a bill can mean.</summary>
internal static class BandRows
{
    public const decimal UsdPerTokenAtOneUsdPerMillion = 0.000001m;

    /// <summary>The rows of the named band; of every band where none is named.</summary>
    public static IReadOnlyList<PriceRow> On(
        PriceBook prices, PaidPriceKey key, DateOnly day, out UnpricedReason reason)
    {
        var rows = prices.RowsOn(key.Channel, key.Model, day, out reason);
        var ofBand = key.ContextBand switch
        {
            null => rows,
            PricedSlice.DefaultBand => [.. rows.Where(row => row.PromptLengthThresholdTokens == 0)],
            PricedSlice.LongBand when rows.Any(row => row.PromptLengthThresholdTokens > 0) =>
                [.. rows.Where(row => row.PromptLengthThresholdTokens > 0)],
            // A step that the book does not have is none of its prices.
            _ => rows,
        };
        return ofBand;
    }
}
