namespace TokenLedger.Domain.Usage;

/// <summary>What is known of a run attempt beside its tokens. Null is unknown.</summary>
/// <param name="Key">The run attempt.</param>
/// <param name="Owner">The repository's owner: an organisation or a user.</param>
/// <param name="Repository">The repository as <c>owner/name</c>.</param>
public sealed record RunFacts(RunKey Key, string Owner, string Repository)
{
    /// <summary>GitHub's repository id; the same run id under another repository id is refused.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>The workflow's display name.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>The workflow file's path in the repository, without a <c>@ref</c>.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>The agent engine's id, such as <c>claude</c> or <c>copilot</c>.</summary>
    public string? Engine { get; init; }

    /// <summary>The event that started the run.</summary>
    public string? Event { get; init; }

    /// <summary>The login of whoever started the run's first attempt. Not the payer.</summary>
    public string? Actor { get; init; }

    /// <summary>The login of whoever started this attempt. Not the payer.</summary>
    public string? TriggeringActor { get; init; }

    /// <summary>Who pays.</summary>
    public Payer Payer { get; init; }

    /// <summary>The pull request that the run was for.</summary>
    public long? PullRequest { get; init; }

    /// <summary>Why <see cref="PullRequest"/> is null; null when it is known.</summary>
    public PullRequestAbsence? PullRequestAbsence { get; init; }

    /// <summary>The issue that the run was for.</summary>
    public long? Issue { get; init; }

    /// <summary>The branch that the run was on, without <c>refs/heads/</c>: hostile text of a fork.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>GitHub's conclusion, such as <c>success</c> or <c>cancelled</c>.</summary>
    public string? Conclusion { get; init; }

    /// <summary>When the attempt started, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whole minutes of the attempt's jobs as GitHub Actions counts them: <see cref="JobMinutes"/>.</summary>
    public long? ActionsMinutes { get; init; }

    /// <summary>What became of the attempt's artifacts; null when nobody asked GitHub for them.</summary>
    public CollectionState? Collection { get; init; }
}
