using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Serves one bucket: decides how much runs answer for, splits it, and names the reason of the rest.</summary>
internal static class BucketReconciler
{
    public static BucketOutcome Reconcile(
        BucketEvidence evidence, List<Share> shares, List<UnallocatedPart> unallocated)
    {
        var bucket = evidence.Bucket;
        var kind = bucket.Dimensions.TokenKind;
        var isByTokens = evidence.IsExclusive && evidence.IsOneUnpricedModel;
        var weights = isByTokens
            ? [.. evidence.Slices.Select(slice => TokenEquivalents.Of(slice.Slice.Tokens, kind))]
            : evidence.Weights;
        var takesWhole = isByTokens || evidence is { IsExclusive: true, IsComplete: true };
        var parts = weights.Any(weight => weight > 0)
            ? BucketSplit.Split([.. bucket.Charges.Select(charge => charge.GrossNanoCredits)], weights, takesWhole)
            : null;
        var (reason, runs) = ReasonOfRest(evidence, hasParts: parts is not null);
        var method = MethodOf(evidence, isByTokens, takesWhole);
        var grading = new Grading(evidence, takesWhole);
        var allocated = 0L;
        for (var row = 0; row < bucket.Charges.Count; row++)
        {
            var split = ChargeSplit.Of(bucket.Charges[row], parts?[row] ?? []);
            for (var i = 0; i < split.Gross.Length; i++)
            {
                if (weights[i] == 0)
                    continue;
                var slice = evidence.Slices[i].Slice;
                var (confidence, reasons) = grading.Of(slice);
                var (low, high) = Grading.Bounds(split.Gross[i], bucket.Charges[row].GrossNanoCredits, confidence);
                shares.Add(new Share(
                    bucket.Charges[row], slice, split.Gross[i], split.Net?[i], method, confidence, reasons, low, high));
                allocated = checked(allocated + split.Gross[i]);
            }

            if (split.HasRest)
                unallocated.Add(new UnallocatedPart(bucket.Charges[row], reason, runs, split.GrossRest, split.NetRest));
        }

        Consume(evidence, parts, kind);
        return new BucketOutcome(
            bucket.Key, bucket.Dimensions, bucket.BilledNanoCredits, evidence.WeightNanoCredits, allocated,
            evidence.IsExclusive, evidence.IsTokenMatched, evidence.IsComplete);
    }

    private static void Consume(BucketEvidence evidence, long[][]? parts, TokenKind? kind)
    {
        if (parts is null)
            return;
        for (var i = 0; i < evidence.Slices.Count; i++)
            evidence.Slices[i].Consume(kind, parts.Aggregate(0L, (sum, row) => checked(sum + row[i])));
    }

    private static AllocationMethod MethodOf(BucketEvidence evidence, bool isByTokens, bool takesWhole) =>
        isByTokens ? AllocationMethod.ByTokens
        : takesWhole ? AllocationMethod.ProRata
        : evidence.Bucket.NamesPlace || evidence.IsTokenMatched ? AllocationMethod.Matched
        : AllocationMethod.PricedWithinBill;

    private static (UnallocatedReason Reason, IReadOnlyList<RunKey> Runs) ReasonOfRest(
        BucketEvidence evidence, bool hasParts)
    {
        var unpriced = evidence.Slices
            .Where(slice => slice.Slice.Unpriced is not null)
            .Select(slice => slice.Slice.Run.Key)
            .Distinct()
            .Order()
            .ToList();
        if (evidence.Slices.Count == 0)
            return (UnallocatedReason.NoTelemetry, evidence.RunsWithoutTelemetry);
        if (evidence.IsExclusive && evidence.RunsWithoutTelemetry.Count > 0)
            return (UnallocatedReason.RunsWithoutTelemetry, evidence.RunsWithoutTelemetry);
        if (evidence.IsExclusive && unpriced.Count > 0)
            return (UnallocatedReason.UnpricedUsage, unpriced);
        if (hasParts)
            return (UnallocatedReason.OtherUsage, []);

        // Slices match, and none has any weight: either nothing is known of their price, or narrower buckets took it
        // all.
        if (unpriced.Count > 0)
            return (UnallocatedReason.UnpricedUsage, unpriced);
        return evidence.Slices.Any(slice => slice.IsTouched(evidence.Bucket.Dimensions.TokenKind))
            ? (UnallocatedReason.OtherUsage, [])
            : (UnallocatedReason.ZeroWeight, []);
    }
}
