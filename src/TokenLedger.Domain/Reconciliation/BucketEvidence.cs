using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// What is known of one bucket at the moment it is served: who could have spent in it, and how well we know them.
/// </summary>
internal sealed record BucketEvidence
{
    // The bill's own counts and ours may differ by a request at midnight, not by more.
    private const decimal TokenToleranceFraction = 0.001m;

    public required Bucket Bucket { get; init; }

    /// <summary>The matching slices, ordered by key.</summary>
    public required IReadOnlyList<SliceLedger> Slices { get; init; }

    /// <summary>The weight of each slice.</summary>
    public required long[] Weights { get; init; }

    public required IReadOnlyList<RunKey> RunsWithoutTelemetry { get; init; }

    public required bool IsTokenMatched { get; init; }

    public required bool IsExclusive { get; init; }

    public required bool IsDisputed { get; init; }

    public bool HasUnpriced => Slices.Any(slice => slice.Slice.Unpriced is not null);

    public bool IsComplete => RunsWithoutTelemetry.Count == 0 && !HasUnpriced;

    public long WeightNanoCredits => Weights.Aggregate(0L, (sum, weight) => checked(sum + weight));

    /// <summary>Everything in the bucket is one model that has no price: tokens are the only weight there is.</summary>
    public bool IsOneUnpricedModel =>
        Slices.Count > 0
        && RunsWithoutTelemetry.Count == 0
        && Slices.All(slice => slice.Slice.Unpriced is not null)
        && Slices.Select(slice => slice.Slice.Model).Distinct(StringComparer.Ordinal).Count() == 1;

    public static BucketEvidence Gather(
        Bucket bucket,
        IReadOnlyList<SliceLedger> slices,
        AccountDay day,
        BilledTokenCounts billedTokens,
        bool isDisputed)
    {
        var isTokenMatched = TokensAreEqual(bucket, slices, billedTokens);
        return new BucketEvidence
        {
            Bucket = bucket,
            Slices = slices,
            Weights = [.. slices.Select(slice => slice.WeightNanoCredits(bucket.Dimensions.TokenKind))],
            RunsWithoutTelemetry = [.. day.RunsWithoutTelemetry
                .Where(run => ChargeMatch.CouldMatch(bucket.Dimensions, run))
                .Select(run => run.Key)
                .Order()],
            IsTokenMatched = isTokenMatched,
            IsExclusive = isTokenMatched
                || bucket.Dimensions.WorkflowPath.State == DimensionState.Value
                || day.ExclusiveScopes.Any(scope => scope.Covers(bucket.Dimensions))
                || billedTokens.IsDrawnByExclusiveKeys(bucket, slices, day.ExclusiveScopes),
            IsDisputed = isDisputed,
        };
    }

    private static bool TokensAreEqual(
        Bucket bucket, IReadOnlyList<SliceLedger> slices, BilledTokenCounts billedTokens)
    {
        var kind = bucket.Dimensions.TokenKind;
        if (slices.Count == 0 || slices.Any(slice => slice.IsTouched(kind))
            || billedTokens.Of(bucket) is not { Total: > 0 } billed)
            return false;
        var ours = slices.Aggregate(default(TokenCounts), (sum, slice) => sum + slice.Slice.Tokens);
        return kind is { } one
            ? IsNear(billed[one], ours[one])
            : IsNear(billed.Input, ours.Input)
                && IsNear(billed.Output, ours.Output)
                && IsNear(billed.CacheRead, ours.CacheRead)
                && IsNear(billed.CacheWrite, ours.CacheWrite);
    }

    private static bool IsNear(long billed, long ours) =>
        Math.Abs((decimal)billed - ours) <= Math.Max(billed, ours) * TokenToleranceFraction;
}
