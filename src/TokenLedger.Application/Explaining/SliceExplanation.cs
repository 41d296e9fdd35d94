using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>A slice as a node: its estimate by price, and its shares by charge.</summary>
internal static class SliceExplanation
{
    /// <summary>The slice with what both figures are made of.</summary>
    /// <param name="slice">The priced slice.</param>
    /// <param name="parts">The stored slices it was made of: those of its key, one a prompt-length band.</param>
    /// <param name="shares">Its shares with the lines of their days.</param>
    /// <param name="billedChannels">Channels of which a bill is known or configured.</param>
    /// <param name="prices">The price book.</param>
    public static ExplanationNode Of(
        PricedSlice slice,
        IEnumerable<UsageSlice> parts,
        IReadOnlyList<(ShareRow Share, BillLines Lines)> shares,
        IReadOnlySet<Channel> billedChannels,
        PriceBook prices)
    {
        var state = RunEntries.StateOf(slice, shares.Count > 0, billedChannels);
        var billed = BilledSum.Of(shares.Select(
            pair => new BilledSum(pair.Share.GrossNanoCredits, pair.Share.NetNanoCredits)));
        return new ExplanationNode(
            ExplanationKind.Slice,
            $"{WireNames.Of(slice.Phase)} {WireNames.Of(slice.Purpose)} {slice.Channel} {slice.Model}",
            ExplanationFigures.OfBoth(
                slice.EstimatedAiCredits?.Total, shares.Count == 0 ? null : billed.Gross, billed.Net))
        {
            Facts = FactsOf(slice, state),
            Children =
            [
                .. slice.Unpriced is { } reason
                    ? [ExplanationNode.About(
                        ExplanationKind.Reason, ExplanationWords.Of(reason), ("code", WireNames.Of(reason)))]
                    : PricesOf(parts, prices),
                .. shares.Select(pair => ShareExplanation.Of(
                    pair.Share, pair.Lines,
                    pair.Lines.Find(pair.Share.ChargeId) is { } line
                        ? "share of " + LineExplanation.LabelOf(line)
                        : "share of charge " + pair.Share.ChargeId,
                    tellsLine: true)),
                .. ExplanationWords.OfState(state) is { } sentence
                    ? [ExplanationNode.About(ExplanationKind.Reason, sentence, ("code", state))]
                    : Array.Empty<ExplanationNode>(),
            ],
        };
    }

    private static IReadOnlyList<ExplanationFact> FactsOf(PricedSlice slice, string state) => ExplanationFact.Of(
        ("state", state),
        ("requests", ExplanationText.Of(slice.Requests)),
        ("phase", WireNames.Of(slice.Phase)),
        ("purpose", WireNames.Of(slice.Purpose)),
        ("channel", slice.Channel.ToString()),
        ("model", slice.Model),
        ("autoSelected", slice.IsAutoSelected ? "true" : null),
        ("serviceTier", slice.ServiceTier),
        ("contextBand", slice.ContextBand),
        ("knownBy", ExplanationWords.Of(slice.Evidence)),
        ("estimatedHighAiCredits", slice.HighEstimatedAiCredits > slice.EstimatedAiCredits?.Total
            ? ExplanationText.Of(slice.HighEstimatedAiCredits)
            : null));

    // Bands that one row of the book prices are one node.
    private static IEnumerable<ExplanationNode> PricesOf(IEnumerable<UsageSlice> parts, PriceBook prices) => parts
        .SelectMany(part => TokenCounts.Kinds
            .Where(kind => part.Tokens[kind] != 0)
            .Select(kind => (
                Kind: kind,
                Row: prices.Find(
                    part.Channel, part.Model, part.Day, part.PromptLengthThresholdTokens, out _),
                Discount: prices.DiscountOf(part),
                Tokens: part.Tokens[kind],
                AiCredits: prices.EstimateOf(part).AiCredits?[kind])))
        .Where(priced => priced.Row is not null)
        .GroupBy(priced => (priced.Kind, priced.Row, priced.Discount))
        .OrderBy(group => group.Key.Kind)
        .ThenBy(group => group.Key.Row!.PromptLengthThresholdTokens)
        .Select(group => PriceOf(
            group.Key.Kind, group.Key.Row!, group.Key.Discount,
            group.Aggregate(0L, (sum, priced) => checked(sum + priced.Tokens)),
            ExplanationFigures.SumOf(
                group.Select(priced => ExplanationFigures.OfEstimate(priced.AiCredits)))));

    private static ExplanationNode PriceOf(
        TokenKind kind, PriceRow row, AutoDiscount? discount, long tokens, ExplanationFigures figures)
    {
        var price = ExplanationText.Of(row.UsdPerMillionTokens[kind]);
        return new ExplanationNode(
            ExplanationKind.Price,
            $"{ExplanationText.Of(tokens)} {ExplanationWords.Of(kind)} at {price} USD per million",
            figures)
        {
            Facts = ExplanationFact.Of(
                ("tokens", ExplanationText.Of(tokens)),
                ("tokenKind", WireNames.Of(kind)),
                ("usdPerMillionTokens", price),
                ("discountPercent", ExplanationText.Of(discount?.Percent)),
                ("discountFor", discount is null ? null : "automatic selection of the model"),
                ("validFrom", row.ValidFrom is { } from ? ExplanationText.Of(from) : null),
                ("validTo", row.ValidTo is { } to ? ExplanationText.Of(to) : null),
                ("promptsOverTokens", row.PromptLengthThresholdTokens > 0
                    ? ExplanationText.Of(row.PromptLengthThresholdTokens)
                    : null),
                ("source", row.Source),
                ("sourceReadOn", ExplanationText.Of(row.AsOf)),
                ("verified", row.IsVerified ? "true" : "false")),
        };
    }
}
