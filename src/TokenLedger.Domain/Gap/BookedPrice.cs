using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>What the book asks for billed tokens.</summary>
internal static class BookedPrice
{
    /// <summary>The credits by kind; null when a kind that is there has no price.</summary>
    public static KindCredits? Of(PriceBook prices, Charge charge, string model, TokenCounts tokens, bool isLong) =>
        prices.EstimateOf(new UsageSlice(
            default, charge.Day, Phase.Agent, Purpose.Main, charge.Channel, model, charge.IsAutoSelected,
            UsageSlice.StandardTier, isLong ? long.MaxValue : 0, UsageEvidence.Summary, 0, 0, tokens)).AiCredits;
}
