using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Findings;

/// <summary>Prices tokens on cheaper models of the same maker and channel. Pure but for what it remembers.</summary>
/// <remarks>
/// A maker is told by what stands before the first hyphen of a model's name, such as <c>claude</c> or <c>gpt</c>.
/// Another maker's tokens are counted otherwise, so its price says little.
/// </remarks>
/// <param name="prices">The price book.</param>
public sealed class CheaperModels(PriceBook prices)
{
    // A month has a few makers a day; beyond it nothing is remembered.
    private const int RememberedMax = 4_096;

    private readonly Dictionary<(Channel, string, DateOnly), IReadOnlyList<PriceRow>> remembered = [];

    /// <summary>The same tokens on cheaper models; null where one is long or unpriced, or none is cheaper.</summary>
    public CheaperModel? Of(IReadOnlyList<PricedSlice> slices)
    {
        var total = 0m;
        (decimal Used, string? Model, string? Cheapest) largest = default;
        foreach (var slice in slices)
        {
            // Above a threshold of one model another may have none: then the two are not alike.
            if (slice.EstimatedAiCredits is not { } used || slice.IsLongContext)
                return null;
            var (credits, model) = Cheapest(slice, used.Total);
            total += credits;
            if (largest.Model is null || used.Total > largest.Used)
                largest = (used.Total, slice.Model, model);
        }

        return largest is { Model: { } from, Cheapest: { } to }
            ? new CheaperModel(from, to, AiCredits.TruncateToNanoCredits(total)) : null;
    }

    private (decimal Credits, string? Model) Cheapest(PricedSlice slice, decimal used)
    {
        var best = (Credits: used, Model: (string?)null);
        foreach (var row in RowsOf(slice.Channel, MakerOf(slice.Model), slice.Day))
        {
            if (prices.EstimateOf(Usage(slice, row.Model)).AiCredits is { } credits && credits.Total < best.Credits)
                best = (credits.Total, row.Model);
        }

        return best;
    }

    private IReadOnlyList<PriceRow> RowsOf(Channel channel, string maker, DateOnly day)
    {
        if (remembered.TryGetValue((channel, maker, day), out var rows))
            return rows;
        rows =
        [
            .. prices.Rows
                .Where(row => row.Channel == channel && row.PromptLengthThresholdTokens == 0 && row.HoldsOn(day)
                    && string.Equals(MakerOf(row.Model), maker, StringComparison.Ordinal)),
        ];
        if (remembered.Count < RememberedMax)
            remembered.Add((channel, maker, day), rows);
        return rows;
    }

    private static UsageSlice Usage(PricedSlice slice, string model) => new(
        slice.Run.Key, slice.Day, slice.Phase, slice.Purpose, slice.Channel, model, slice.IsAutoSelected,
        slice.ServiceTier, 0, slice.Evidence, slice.Requests, slice.DurationMilliseconds, slice.Tokens);

    private static string MakerOf(string model) =>
        model.IndexOf('-', StringComparison.Ordinal) is var end and > 0 ? model[..end] : model;
}
