using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.GitHub;

/// <summary>A run attempt as GitHub's API shows it.</summary>
/// <param name="Facts">The attempt, the run's latest unless another was asked for.</param>
/// <param name="IsFinished">Whether it has ended: only then are its facts final.</param>
/// <param name="CreatedAt">When the run was created, UTC; the same for every attempt.</param>
public sealed record FoundRun(WorkflowRunFacts Facts, bool IsFinished, DateTimeOffset CreatedAt)
{
    /// <summary>
    /// When GitHub last changed what it says of the run, not before its end; null when it does not say.
    /// </summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
