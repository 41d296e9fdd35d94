using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>The attempts of a run, and which of them an artifact is of: GitHub does not say.</summary>
internal sealed class RunAttempts(IReadOnlyList<FoundRun> attempts)
{
    /// <summary>The attempts in order.</summary>
    public IReadOnlyList<FoundRun> All { get; } =
        [.. attempts.OrderBy(attempt => attempt.Facts.Run.Attempt)];

    /// <summary>The latest attempt's number.</summary>
    public int Latest => All[^1].Facts.Run.Attempt;

    /// <summary>The attempt that had started last when the artifact was made.</summary>
    public FoundRun Of(RunArtifact artifact) =>
        All.LastOrDefault(attempt => attempt.Facts.StartedAt is { } start && start <= artifact.CreatedAt) ?? All[0];

    /// <summary>Whether nothing more can come of an attempt but what its own end brings.</summary>
    public bool IsOver(FoundRun attempt) => attempt.IsFinished || attempt.Facts.Run.Attempt < Latest;
}
