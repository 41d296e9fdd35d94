namespace TokenLedger.Ingestion.Evidence;

/// <summary>What GitHub itself says of a finished run attempt. Null is not said.</summary>
/// <param name="Run">The run attempt, the repository spelled as GitHub spells it.</param>
public sealed record WorkflowRunFacts(RunIdentity Run)
{
    /// <summary>The workflow's display name.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>The workflow file's path in the repository, without a <c>@ref</c>.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>The event that started the run.</summary>
    public string? Event { get; init; }

    /// <summary>GitHub's conclusion.</summary>
    public string? Conclusion { get; init; }

    /// <summary>The login of whoever started the first attempt.</summary>
    public string? Actor { get; init; }

    /// <summary>The login of whoever started this attempt.</summary>
    public string? TriggeringActor { get; init; }

    /// <summary>The one pull request of the run's commit; null when there is none or several.</summary>
    public long? PullRequest { get; init; }

    /// <summary>Whether GitHub names several pull requests of the run's commit.</summary>
    public bool HasSeveralPullRequests { get; init; }

    /// <summary>The branch that the run was on.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>When the attempt started, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
