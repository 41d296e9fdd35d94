namespace TokenLedger.Domain.Outcomes;

/// <summary>How GitHub showed a pull request or issue at a time. Null is not said: some events show less.</summary>
/// <param name="At">When GitHub last changed it, UTC.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="IsOpen">Whether it was open.</param>
public sealed record OutcomeSnapshot(DateTimeOffset At, WorkKind Kind, bool IsOpen) : OutcomeFact(At)
{
    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was closed, UTC; a merge closes too.</summary>
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

    /// <summary>The head branch, where it is one of the repository itself.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>The commit that the merge made.</summary>
    public string? MergeCommit { get; init; }
}
