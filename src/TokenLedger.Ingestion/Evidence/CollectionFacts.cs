using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>What asking GitHub for the artifacts and jobs of a run attempt brought.</summary>
/// <param name="Run">The run attempt.</param>
/// <param name="State">What became of the artifacts.</param>
public sealed record CollectionFacts(RunIdentity Run, CollectionState State)
{
    /// <summary>Whole minutes of the attempt's jobs; null when GitHub did not tell.</summary>
    public long? ActionsMinutes { get; init; }

    /// <summary>What could not be taken of the artifacts, or why they were refused; at most some hundred.</summary>
    public IReadOnlyList<InputProblem> Problems { get; init; } = [];
}
