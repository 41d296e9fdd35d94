namespace TokenLedger.Domain.Reconciliation;

/// <summary>Why a share is no surer: the stable codes of <see cref="Share.Reasons"/>.</summary>
public static class ConfidenceReason
{
    /// <summary>The payer of the run is not known.</summary>
    public const string PayerUnknown = "payer-unknown";

    /// <summary>The log does not tell whether cached tokens are inside the input.</summary>
    public const string CacheConventionUnresolved = "cache-convention-unresolved";

    /// <summary>The charge names a cost centre, and that of the run is not known.</summary>
    public const string CostCenterUnknown = "cost-center-unknown";

    /// <summary>The run was made by a release that was withdrawn over its figures.</summary>
    public const string WithdrawnRelease = "withdrawn-release";

    /// <summary>Usage in the bucket has no price.</summary>
    public const string UnpricedUsage = "unpriced-usage";

    /// <summary>Known runs of the bucket left no telemetry.</summary>
    public const string RunsWithoutTelemetry = "runs-without-telemetry";

    /// <summary>Two views of the bill disagree.</summary>
    public const string ViewsDisagree = "views-disagree";

    /// <summary>Bill and estimate of the bucket differ by more than a quarter.</summary>
    public const string DriftOver25Percent = "drift-over-25-percent";

    /// <summary>The bucket is the whole account's, and the share was held at the estimate.</summary>
    public const string CappedInAccountWideBucket = "capped-in-account-wide-bucket";

    /// <summary>Several slices of the bucket are told apart by their estimates.</summary>
    public const string SplitByEstimate = "split-by-estimate";

    /// <summary>Bill and estimate of the narrow bucket differ by more than a twentieth.</summary>
    public const string DriftOver5Percent = "drift-over-5-percent";

    /// <summary>Others can have spent in the bucket.</summary>
    public const string SharedBucket = "shared-bucket";

    /// <summary>All of them, in ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CacheConventionUnresolved, CappedInAccountWideBucket, CostCenterUnknown, DriftOver25Percent,
        DriftOver5Percent, PayerUnknown, RunsWithoutTelemetry, SharedBucket, SplitByEstimate, UnpricedUsage,
        ViewsDisagree, WithdrawnRelease,
    ];
}
