namespace TokenLedger.Application.Artifacts;

/// <summary>A span of UTC days.</summary>
public sealed record PeriodEntry
{
    /// <summary>The first day, inclusive.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The last day, exclusive.</summary>
    public required DateOnly End { get; init; }
}
