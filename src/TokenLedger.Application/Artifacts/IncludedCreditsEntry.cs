namespace TokenLedger.Application.Artifacts;

/// <summary>What a month's bill has used of the AI credits that are included.</summary>
public sealed record IncludedCreditsEntry
{
    /// <summary>The billing account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The first UTC day of the month. The figures are of all of it, whatever part the period is.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The cost centre with a pool of its own; null for the account's.</summary>
    public required string? CostCenter { get; init; }

    /// <summary>The pool; null when it is not configured.</summary>
    public required decimal? PoolAiCredits { get; init; }

    /// <summary>The gross of the month's AI credits so far.</summary>
    public required decimal BilledAiCredits { get; init; }

    /// <summary>What the bill took off; null while a net is unknown.</summary>
    public required decimal? IncludedAiCredits { get; init; }

    /// <summary>What is left of the pool; null when the pool or what was taken off is unknown.</summary>
    public required decimal? LeftAiCredits { get; init; }

    /// <summary>The net of the month's AI credits so far; null while one is unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }
}
