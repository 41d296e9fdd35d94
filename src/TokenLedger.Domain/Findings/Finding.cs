using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Findings;

/// <summary>A pattern that costs money, with what shows it and what to do about it.</summary>
/// <param name="Code">A stable code in kebab case, never reused for another meaning.</param>
/// <param name="Subject">
/// What it concerns: with code and day it is the key. A run as <c>host/owner/name/run/attempt</c>, a workflow as
/// <c>owner/name:path</c>, or an account's key. Hostile text.
/// </param>
/// <param name="Day">The UTC day of the usage.</param>
public sealed record Finding(string Code, string Subject, DateOnly Day)
{
    /// <summary>The run attempt; null for a finding of a workflow or account.</summary>
    public RunKey? Run { get; init; }

    /// <summary>The repository as <c>owner/name</c>; null when it concerns no single one.</summary>
    public string? Repository { get; init; }

    /// <summary>The workflow file; null when unknown, or when it concerns no single one.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>One sentence with the figures; names in it are hostile text.</summary>
    public required string Message { get; init; }

    /// <summary>The figures that show it, by name, in a fixed order.</summary>
    public required IReadOnlyList<(string Name, string Value)> Evidence { get; init; }

    /// <summary>What could have been saved, in nano-credits, 0 or more; null when nobody can tell.</summary>
    public long? AtStakeNanoCredits { get; init; }

    /// <summary>The control to add: one sentence.</summary>
    public required string Control { get; init; }
}
