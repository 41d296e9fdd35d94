namespace TokenLedger.Domain.Outcomes;

/// <summary>What a number of a repository names.</summary>
public enum WorkKind
{
    /// <summary>A pull request.</summary>
    PullRequest,

    /// <summary>An issue.</summary>
    Issue,
}
