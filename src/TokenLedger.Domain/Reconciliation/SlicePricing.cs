using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Prices a run's slices and folds its prompt-length bands into the bands of the price book.</summary>
public static class SlicePricing
{
    /// <summary>The priced slices of a run, in key order.</summary>
    public static IReadOnlyList<PricedSlice> Price(LedgerRun run, PriceBook prices)
    {
        var parts = new PricedSlice[run.Slices.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = ToPriced(run, run.Slices[i], prices.EstimateOf(run.Slices[i]));
        Array.Sort(parts, PricedSliceOrder.Instance);
        var slices = new List<PricedSlice>(parts.Length);
        foreach (var part in parts)
        {
            if (slices.Count > 0 && PricedSliceOrder.Instance.Compare(slices[^1], part) == 0)
                slices[^1] = Merge(slices[^1], part);
            else
                slices.Add(part);
        }

        return slices;
    }

    private static PricedSlice ToPriced(LedgerRun run, UsageSlice slice, Estimate estimate) => new()
    {
        Run = run.Facts,
        Day = slice.Day,
        Phase = slice.Phase,
        Purpose = slice.Purpose,
        Channel = slice.Channel,
        Model = slice.Model,
        IsAutoSelected = slice.IsAutoSelected,
        ServiceTier = slice.ServiceTier,
        ContextBand = estimate.IsLongContext ? PricedSlice.LongBand : PricedSlice.DefaultBand,
        Evidence = slice.Evidence,
        Requests = slice.Requests,
        DurationMilliseconds = slice.DurationMilliseconds,
        Tokens = slice.Tokens,
        EstimatedAiCredits = estimate.AiCredits,
        HighEstimatedAiCredits = estimate.HighAiCredits,
        Unpriced = estimate.Unpriced,
        IsOfWithdrawnRelease = run.IsOfWithdrawnRelease,
    };

    // One unpriced part leaves the whole slice unpriced: half an estimate would be a figure that is too small.
    private static PricedSlice Merge(PricedSlice left, PricedSlice right) => left with
    {
        Evidence = left.Evidence > right.Evidence ? left.Evidence : right.Evidence,
        Requests = checked(left.Requests + right.Requests),
        DurationMilliseconds = checked(left.DurationMilliseconds + right.DurationMilliseconds),
        Tokens = left.Tokens + right.Tokens,
        EstimatedAiCredits = left.EstimatedAiCredits + right.EstimatedAiCredits,
        HighEstimatedAiCredits = left.HighEstimatedAiCredits + right.HighEstimatedAiCredits,
        Unpriced = left.Unpriced ?? right.Unpriced,
    };
}
