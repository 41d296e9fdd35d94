namespace TokenLedger.Application.Artifacts;

/// <summary>The sums of a reconciliation. Billed figures are AI usage only and count basis charges once.</summary>
/// <remarks>A period of which no bill was ever seen has no billed figures: they are null, not 0.</remarks>
public sealed record TotalsEntry
{
    /// <summary>Runs known.</summary>
    public required int Runs { get; init; }

    /// <summary>Of these, runs with a token log.</summary>
    public required int RunsWithTelemetry { get; init; }

    /// <summary>
    /// The estimate of all priced usage, null when none is; requests without a price stand beside it.
    /// </summary>
    public required decimal? EstimatedAiCredits { get; init; }

    /// <summary>Requests without a price.</summary>
    public required long UnpricedRequests { get; init; }

    /// <summary>Gross, in AI credits; null when no bill was seen.</summary>
    public required decimal? BilledAiCredits { get; init; }

    /// <summary>Gross, in US dollars: credits divided by 100; null when no bill was seen.</summary>
    public required decimal? BilledGrossUsd { get; init; }

    /// <summary>Net, in US dollars; null when unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }

    /// <summary>Of the billed credits, what runs answer for; null when no bill was seen.</summary>
    public required decimal? AllocatedAiCredits { get; init; }

    /// <summary>Of the billed credits, what no run answers for; null when no bill was seen.</summary>
    public required decimal? UnallocatedAiCredits { get; init; }

    /// <summary>
    /// The part of the billed credits that exclusive and complete, repository, workflow or token-matched buckets
    /// attribute; null without a bill.
    /// </summary>
    public required decimal? EvidencePercent { get; init; }

    /// <summary>
    /// Billed over estimated, less one, in settled and complete buckets that are exclusive or token-matched and share
    /// no usage with others; null when there is none.
    /// </summary>
    public required decimal? DriftPercent { get; init; }

    /// <summary>
    /// What usage in state <c>estimated</c> is expected to be billed, in AI credits; null when there is none, and where
    /// settled days of the period do not tell of all of it. Artifacts of before 2026-11-27 have it not.
    /// </summary>
    public decimal? CalibratedAiCredits { get; init; }

    /// <summary>The lower end of what is expected.</summary>
    public decimal? CalibratedLowAiCredits { get; init; }

    /// <summary>The upper end of what is expected.</summary>
    public decimal? CalibratedHighAiCredits { get; init; }

    /// <summary>The bill by component; the components are never added together.</summary>
    public required IReadOnlyList<ComponentEntry> Components { get; init; }
}
