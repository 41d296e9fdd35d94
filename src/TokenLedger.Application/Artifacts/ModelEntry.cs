namespace TokenLedger.Application.Artifacts;

/// <summary>The usage of one run that shares day, phase, purpose, channel, model, tier and context band.</summary>
public sealed record ModelEntry
{
    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary><c>agent</c>, <c>detection</c> or <c>evaluation</c>.</summary>
    public required string Phase { get; init; }

    /// <summary><c>main</c>, <c>sub-agent</c>, <c>routing</c> or <c>auxiliary</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Who bills.</summary>
    public required string Channel { get; init; }

    /// <summary>The normalised name.</summary>
    public required string Model { get; init; }

    /// <summary>Whether automatic selection chose it.</summary>
    public required bool AutoSelected { get; init; }

    /// <summary>The tier.</summary>
    public required string ServiceTier { get; init; }

    /// <summary><c>default</c> or <c>long</c>.</summary>
    public required string ContextBand { get; init; }

    /// <summary><c>billed</c>, <c>estimated</c>, <c>estimated(no-bill-source)</c> or <c>unpriced</c>.</summary>
    public required string State { get; init; }

    /// <summary>Requests; 0 where only totals are known.</summary>
    public required long Requests { get; init; }

    /// <summary>Fresh prompt tokens.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Generated tokens.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Tokens read from a cache.</summary>
    public required long CacheReadTokens { get; init; }

    /// <summary>Tokens written to a five-minute cache.</summary>
    public required long CacheWrite5mTokens { get; init; }

    /// <summary>Tokens written to a one-hour cache.</summary>
    public required long CacheWrite1hTokens { get; init; }

    /// <summary>Of the output, reasoning.</summary>
    public required long ReasoningTokens { get; init; }

    /// <summary>The sum of request durations.</summary>
    public required long DurationMs { get; init; }

    /// <summary>The estimate; null when unpriced.</summary>
    public required decimal? EstimatedAiCredits { get; init; }

    /// <summary>Its upper end where the log leaves two readings.</summary>
    public required decimal? EstimatedHighAiCredits { get; init; }

    /// <summary>
    /// What usage in state <c>estimated</c> is expected to be billed, learned from settled days of the period; null in
    /// any other state, and where too few days tell. Artifacts of before 2026-11-27 have it not.
    /// </summary>
    public decimal? CalibratedAiCredits { get; init; }

    /// <summary>The lower end of what is expected.</summary>
    public decimal? CalibratedLowAiCredits { get; init; }

    /// <summary>The upper end of what is expected.</summary>
    public decimal? CalibratedHighAiCredits { get; init; }

    /// <summary>Gross, in AI credits.</summary>
    public required decimal? BilledAiCredits { get; init; }

    /// <summary>Gross, in US dollars: credits divided by 100.</summary>
    public required decimal? BilledGrossUsd { get; init; }

    /// <summary>Net, in US dollars; null when unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }

    /// <summary>Its parts of charges.</summary>
    public required IReadOnlyList<ShareEntry> Shares { get; init; }
}
