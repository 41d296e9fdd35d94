namespace TokenLedger.Application.Artifacts;

/// <summary>What of one cycle of a credit pool is used. An estimate: no provider tells the balance.</summary>
public sealed record CreditPoolEntry
{
    /// <summary>The billing account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The pool's name in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The cycle's first UTC day, inclusive. The figures are of all of it, whatever part the period is.
    /// </summary>
    public required DateOnly Start { get; init; }

    /// <summary>The day on which what is left expires, exclusive.</summary>
    public required DateOnly End { get; init; }

    /// <summary>What the cycle grants, in US dollars.</summary>
    public required decimal GrantedUsd { get; init; }

    /// <summary>The last UTC day, inclusive, of which a bill was seen; null when none was in the cycle.</summary>
    public required DateOnly? BilledThrough { get; init; }

    /// <summary>
    /// The gross of the account's bill in the cycle so far, in US dollars; null when no bill was seen.
    /// </summary>
    public required decimal? BilledGrossUsd { get; init; }

    /// <summary>What of the grant that used, in US dollars; null when no bill was seen.</summary>
    public required decimal? UsedUsd { get; init; }

    /// <summary>What is left, in US dollars; null when no bill was seen.</summary>
    public required decimal? LeftUsd { get; init; }
}
