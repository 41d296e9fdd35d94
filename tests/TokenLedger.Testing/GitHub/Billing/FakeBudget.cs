namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>A budget that the fake GitHub keeps.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AmountUsd">Its limit in whole US dollars.</param>
public sealed record FakeBudget(string Id, int AmountUsd)
{
    /// <summary>What is spent of it; null where GitHub leaves it out.</summary>
    public decimal? ConsumedUsd { get; init; }

    /// <summary>Its scope.</summary>
    public string Scope { get; init; } = "organization";

    /// <summary>What the scope names; null for none.</summary>
    public string? Entity { get; init; }

    /// <summary>Whether usage ends when it is used up.</summary>
    public bool PreventsUsage { get; init; }
}
