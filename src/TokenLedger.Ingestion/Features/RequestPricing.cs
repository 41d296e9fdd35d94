using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Features;

/// <summary>Prices tokens as those of a single request.</summary>
internal sealed class RequestPricing(PriceBook prices, RunKey run)
{
    /// <summary>The credits of tokens under a request's model, day and band; null without a price.</summary>
    public decimal? Of(FeatureRequest request, TokenCounts tokens)
    {
        var slice = request.Slice;
        return prices.EstimateOf(new UsageSlice(
            run, slice.Day, slice.Phase, slice.Purpose, slice.Channel, slice.Model, slice.IsAutoSelected,
            slice.ServiceTier, slice.PromptLengthThresholdTokens, slice.Evidence, 1, 0, tokens)).AiCredits?.Total;
    }
}
