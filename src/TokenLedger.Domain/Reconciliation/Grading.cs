using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// Grades the shares of one bucket. The first grade whose conditions hold is given; every reason is named.
/// </summary>
internal sealed class Grading
{
    private const decimal ExactFraction = 0.001m;
    private const decimal HighFraction = 0.05m;
    private const decimal LowFraction = 0.25m;

    private readonly BucketEvidence evidence;
    private readonly bool takesWhole;
    private readonly decimal billed;
    private readonly decimal weight;
    private readonly List<string> bucketReasons = [];
    private readonly Confidence bucketConfidence;
    private readonly (Confidence Confidence, IReadOnlyList<string> Reasons)?[] answers =
        new (Confidence, IReadOnlyList<string>)?[16];

    public Grading(BucketEvidence evidence, bool takesWhole)
    {
        this.evidence = evidence;
        this.takesWhole = takesWhole;
        billed = evidence.Bucket.BilledNanoCredits;
        weight = evidence.WeightNanoCredits;
        NameFaults();
        bucketConfidence = bucketReasons.Count > 0 ? Confidence.Low : GradeWithoutFaults();
    }

    /// <summary>The grade of a slice's shares and the reasons, in ordinal order.</summary>
    public (Confidence Confidence, IReadOnlyList<string> Reasons) Of(PricedSlice slice)
    {
        var isPayerUnknown = slice.Run.Payer.Kind == PayerKind.Unknown;
        var isUnresolved = slice.HighEstimatedAiCredits > slice.EstimatedAiCredits?.Total;
        var isCostCenterUnknown = evidence.Bucket.Dimensions.CostCenter.IsNamed && slice.CostCenter is null;

        // Thousands of slices of a bucket share one of sixteen answers.
        var at = (isPayerUnknown ? 1 : 0) + (isUnresolved ? 2 : 0) + (isCostCenterUnknown ? 4 : 0)
            + (slice.IsOfWithdrawnRelease ? 8 : 0);
        return answers[at] ??= Grade(
            isPayerUnknown, isUnresolved, isCostCenterUnknown, slice.IsOfWithdrawnRelease);
    }

    /// <summary>How far a grade promises to be from the truth, as low and high bounds of a share of a charge.</summary>
    public static (long Low, long High) Bounds(long share, long charge, Confidence confidence)
    {
        if (confidence == Confidence.Low)
            return charge >= 0 ? (0, charge) : (charge, 0);
        var fraction = confidence switch
        {
            Confidence.Exact => ExactFraction,
            Confidence.High => HighFraction,
            _ => LowFraction,
        };
        var margin = decimal.ToInt64(decimal.Truncate(Math.Abs((decimal)share) * fraction));
        return charge >= 0
            ? (share - margin, Math.Min(charge, checked(share + margin)))
            : (Math.Max(charge, checked(share - margin)), share + margin);
    }

    private (Confidence Confidence, IReadOnlyList<string> Reasons) Grade(
        bool isPayerUnknown, bool isUnresolved, bool isCostCenterUnknown, bool isOfWithdrawnRelease)
    {
        var reasons = new List<string>(bucketReasons);
        var confidence = isPayerUnknown || isUnresolved ? Confidence.Low : bucketConfidence;
        if (isPayerUnknown)
            reasons.Add(ConfidenceReason.PayerUnknown);
        if (isUnresolved)
            reasons.Add(ConfidenceReason.CacheConventionUnresolved);
        if (isCostCenterUnknown)
        {
            reasons.Add(ConfidenceReason.CostCenterUnknown);
            if (confidence > Confidence.Medium && !evidence.Bucket.NamesPlace)
                confidence = Confidence.Medium;
        }

        if (isOfWithdrawnRelease)
        {
            reasons.Add(ConfidenceReason.WithdrawnRelease);
            confidence = confidence < Confidence.Medium ? confidence : Confidence.Medium;
        }

        if (confidence == Confidence.Exact)
            reasons.Clear();
        reasons.Sort(StringComparer.Ordinal);
        return (confidence, reasons);
    }

    private bool IsWithin(decimal fraction) => weight > 0 && Math.Abs(billed - weight) <= weight * fraction;

    private void NameFaults()
    {
        if (evidence.HasUnpriced)
            bucketReasons.Add(ConfidenceReason.UnpricedUsage);
        if (evidence.RunsWithoutTelemetry.Count > 0)
            bucketReasons.Add(ConfidenceReason.RunsWithoutTelemetry);
        if (evidence.IsDisputed)
            bucketReasons.Add(ConfidenceReason.ViewsDisagree);
        if (!IsWithin(LowFraction))
            bucketReasons.Add(ConfidenceReason.DriftOver25Percent);
        if (!takesWhole && billed > weight && evidence.Bucket.IsAccountWide)
            bucketReasons.Add(ConfidenceReason.CappedInAccountWideBucket);
    }

    private Confidence GradeWithoutFaults()
    {
        if (evidence.IsTokenMatched && IsWithin(ExactFraction))
            return Confidence.Exact;
        if (evidence is { IsExclusive: true, IsComplete: true, Slices.Count: 1 })
            return Confidence.Exact;
        bucketReasons.Add(ConfidenceReason.SplitByEstimate);
        var isNarrow = evidence.IsExclusive || evidence.Bucket.NamesPlace;
        if (isNarrow && IsWithin(HighFraction))
            return Confidence.High;
        bucketReasons.Add(isNarrow ? ConfidenceReason.DriftOver5Percent : ConfidenceReason.SharedBucket);
        return Confidence.Medium;
    }
}
