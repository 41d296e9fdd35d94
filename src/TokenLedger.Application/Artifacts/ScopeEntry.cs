namespace TokenLedger.Application.Artifacts;

/// <summary>Whose runs and bills.</summary>
public sealed record ScopeEntry
{
    /// <summary><c>organization</c> or <c>enterprise</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The name as asked.</summary>
    public required string Name { get; init; }

    /// <summary>The cost centre; null for all.</summary>
    public required string? CostCenter { get; init; }
}
