namespace TokenLedger.Domain.Outcomes;

/// <summary>What has become of a pull request or issue: a fold of what GitHub told. Null is unknown.</summary>
public sealed record Outcome
{
    /// <summary>The pull request or issue.</summary>
    public required WorkSubject Subject { get; init; }

    /// <summary>Which of the two.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>What has become of it.</summary>
    public required OutcomeState State { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was closed, UTC; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it was merged, UTC.</summary>
    public DateTimeOffset? MergedAt { get; init; }

    /// <summary>The login of whoever opened it.</summary>
    public string? Author { get; init; }

    /// <summary>The login of whoever merged it.</summary>
    public string? MergedBy { get; init; }

    /// <summary>Lines added.</summary>
    public long? Additions { get; init; }

    /// <summary>Lines removed.</summary>
    public long? Deletions { get; init; }

    /// <summary>Files changed.</summary>
    public long? ChangedFiles { get; init; }

    /// <summary>Comments on its lines.</summary>
    public long? ReviewComments { get; init; }

    /// <summary>
    /// Of them, those in threads that are resolved; null when GitHub has told of no thread. A commit that follows a
    /// comment is not looked at.
    /// </summary>
    public long? AcceptedReviewComments { get; init; }

    /// <summary><c>#number</c> or commit that reverted it first; null for none.</summary>
    public string? RevertedBy { get; init; }

    /// <summary>The head branch, where it is one of the repository itself.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>The commit that the merge made.</summary>
    public string? MergeCommit { get; init; }

    /// <summary>The time of the last thing told, UTC.</summary>
    public required DateTimeOffset LastEventAt { get; init; }

    /// <summary>Lines added and removed; null unless both are known.</summary>
    public long? LinesChanged => Additions + Deletions;

    /// <summary>Whether it was merged, be it reverted later.</summary>
    public bool IsMerged => State is OutcomeState.Merged or OutcomeState.Reverted;
}
