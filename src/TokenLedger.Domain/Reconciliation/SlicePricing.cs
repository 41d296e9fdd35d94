using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Prices a run's slices and folds its prompt-length bands into the bands of the price book.</summary>
public static class SlicePricing
{
    /// <summary>The priced slices of a run, ordered by key.</summary>
    public static IReadOnlyList<PricedSlice> Price(LedgerRun run, PriceBook prices) => [.. run.Slices
        .Select(slice => ToPriced(run.Facts, slice, prices.EstimateOf(slice)))
        .GroupBy(slice => slice.Key, StringComparer.Ordinal)
        .Select(group => group.Aggregate(Merge))
        .OrderBy(slice => slice.Key, StringComparer.Ordinal)];

    private static PricedSlice ToPriced(RunFacts run, UsageSlice slice, Estimate estimate) => new()
    {
        Run = run,
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
