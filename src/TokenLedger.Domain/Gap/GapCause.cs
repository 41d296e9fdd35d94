namespace TokenLedger.Domain.Gap;

/// <summary>On what ground an amount stands in its part. The decision table is in this folder's README.</summary>
public enum GapCause
{
    /// <summary>Timing: the channel's bill is neither configured nor imported.</summary>
    NoBillSource,

    /// <summary>Timing: no bill of the day has been seen.</summary>
    NoBillYet,

    /// <summary>Timing: the day's bill may still grow.</summary>
    BillNotSettled,

    /// <summary>Timing: the day's bill was never read to the end.</summary>
    BillUnreachable,

    /// <summary>Coverage: nobody but runs without telemetry can have used it.</summary>
    RunsWithoutTelemetry,

    /// <summary>Token kind: the bill has cache writes that our logs lack.</summary>
    CacheWritesMissing,

    /// <summary>Token kind: prompt tokens that our logs count under another kind.</summary>
    CountedAsAnotherKind,

    /// <summary>Token kind: tokens that only known runs with telemetry can have used, and their logs lack.</summary>
    TokensMissing,

    /// <summary>Token kind: our logs hold tokens that a settled bill does not.</summary>
    MoreThanBilled,

    /// <summary>Price: the bill's own tokens, priced by the book, are not the billed amount.</summary>
    UnitPrice,

    /// <summary>Price, or not separable: usage in it has no price, and so no estimate.</summary>
    UnpricedUsage,

    /// <summary>Price: money that came back.</summary>
    Refund,

    /// <summary>Other usage: no known run can be meant by the charge.</summary>
    NoRunMatches,

    /// <summary>Other usage: billed tokens beyond those of the known runs, all of which have telemetry.</summary>
    BeyondKnownRuns,

    /// <summary>Other usage: AI usage of another kind than agents', such as code review.</summary>
    NotAgentUsage,

    /// <summary>Not separable: a shared bucket whose bill has no tokens.</summary>
    NoBilledTokens,

    /// <summary>Not separable: an exclusive bucket whose bill has no tokens.</summary>
    NoBilledTokensInExclusiveBucket,

    /// <summary>Not separable: runs without telemetry and people share what is beyond the known tokens.</summary>
    RunsOrOtherUsage,

    /// <summary>Not separable: cache writes that our logs may lack, or somebody else's.</summary>
    CacheWritesOrOtherUsage,

    /// <summary>Not separable: one bucket holds several models, and tokens of each are not known.</summary>
    SeveralModels,

    /// <summary>Rounding: digits of the estimate beyond the nano-credit.</summary>
    NanoCredits,

    /// <summary>Rounding: at most half a unit of the last place of each billed row, and of our products.</summary>
    ProviderRounding,

    /// <summary>Unexplained: a settled bill has no charge that could mean the usage.</summary>
    UsageNotBilled,

    /// <summary>Unexplained: a bucket of the agents' own was billed, and no run of it is known.</summary>
    NoKnownRun,

    /// <summary>Allowance: net less gross.</summary>
    IncludedOrDiscounted,
}
