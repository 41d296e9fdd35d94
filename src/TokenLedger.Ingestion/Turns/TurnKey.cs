namespace TokenLedger.Ingestion.Turns;

/// <summary>How an engine names a round; either part may be missing.</summary>
/// <param name="Interaction">What one prompt started; turn ids may begin anew with each (observed 2026-10).</param>
/// <param name="Turn">The round's id.</param>
internal readonly record struct TurnKey(string? Interaction, string? Turn)
{
    /// <summary>Whether both name the part and name it differently.</summary>
    public bool DiffersFrom(TurnKey other) => Differ(Interaction, other.Interaction) || Differ(Turn, other.Turn);

    /// <summary>Whether the names of both tell that they are the same round.</summary>
    public bool IsSureToBe(TurnKey other) => Turn is not null && other.Turn is not null && !DiffersFrom(other);

    /// <summary>What either names.</summary>
    public TurnKey Or(TurnKey other) => new(Interaction ?? other.Interaction, Turn ?? other.Turn);

    private static bool Differ(string? one, string? other) =>
        one is not null && other is not null && !string.Equals(one, other, StringComparison.Ordinal);
}
