namespace TokenLedger.Application.Artifacts;

/// <summary>Something a reader should know.</summary>
public sealed record WarningEntry
{
    /// <summary>Stable.</summary>
    public required string Code { get; init; }

    /// <summary>One sentence.</summary>
    public required string Message { get; init; }
}
