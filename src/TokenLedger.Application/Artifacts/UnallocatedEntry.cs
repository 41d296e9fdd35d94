namespace TokenLedger.Application.Artifacts;

/// <summary>The part of one charge that no run answers for.</summary>
public sealed record UnallocatedEntry
{
    /// <summary>The charge.</summary>
    public required string ChargeId { get; init; }

    /// <summary>Its UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Runs that probably spent it, as <c>host/run id/attempt</c>.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Gross, in AI credits.</summary>
    public required decimal BilledAiCredits { get; init; }

    /// <summary>Gross, in US dollars: credits divided by 100.</summary>
    public required decimal BilledGrossUsd { get; init; }

    /// <summary>Net, in US dollars; null when unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }
}
