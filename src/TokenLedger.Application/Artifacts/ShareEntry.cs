namespace TokenLedger.Application.Artifacts;

/// <summary>The part of one charge that one model entry answers for.</summary>
public sealed record ShareEntry
{
    /// <summary>The charge.</summary>
    public required string ChargeId { get; init; }

    /// <summary>Gross, in AI credits.</summary>
    public required decimal BilledAiCredits { get; init; }

    /// <summary>Gross, in US dollars: credits divided by 100.</summary>
    public required decimal BilledGrossUsd { get; init; }

    /// <summary>Net, in US dollars; null when unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }

    /// <summary>The lower bound.</summary>
    public required decimal LowAiCredits { get; init; }

    /// <summary>The upper bound.</summary>
    public required decimal HighAiCredits { get; init; }

    /// <summary>How it was found.</summary>
    public required string Method { get; init; }

    /// <summary><c>exact</c>, <c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public required string Confidence { get; init; }

    /// <summary>Why it is no surer.</summary>
    public required IReadOnlyList<string> ConfidenceReasons { get; init; }
}
