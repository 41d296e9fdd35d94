namespace TokenLedger.Ingestion.Outcomes;

/// <summary>What a body turned out to be: exactly one of the three.</summary>
public sealed record OutcomeReading
{
    /// <summary>The event; null when there is nothing to do or to understand.</summary>
    public OutcomeEvent? Event { get; private init; }

    /// <summary>Why there is nothing to do; null otherwise.</summary>
    public string? IgnoredBecause { get; private init; }

    /// <summary>What is missing or wrong, in words of ours alone; null otherwise.</summary>
    public string? Malformed { get; private init; }

    internal static OutcomeReading Of(OutcomeEvent read) => new() { Event = read };

    internal static OutcomeReading Ignore(string reason) => new() { IgnoredBecause = reason };

    internal static OutcomeReading Refuse(string message) => new() { Malformed = message };
}
