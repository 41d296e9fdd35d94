namespace TokenLedger.Application.Artifacts;

/// <summary>One component of the bill. A component that no bill showed has no figures: null, not 0.</summary>
public sealed record ComponentEntry
{
    /// <summary><c>ai-usage</c>, <c>actions-minutes</c> or <c>other</c>.</summary>
    public required string Component { get; init; }

    /// <summary>Gross; null when no bill showed it.</summary>
    public required decimal? BilledGrossUsd { get; init; }

    /// <summary>Net; null when unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }

    /// <summary>What runs answer for; null when no bill showed it.</summary>
    public required decimal? AllocatedGrossUsd { get; init; }

    /// <summary>What no run answers for; null when no bill showed it.</summary>
    public required decimal? UnallocatedGrossUsd { get; init; }
}
