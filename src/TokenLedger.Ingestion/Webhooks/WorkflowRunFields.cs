using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Webhooks;

/// <summary>The fields of <c>workflow_run</c> as they are read; null is absent or of another form.</summary>
internal sealed class WorkflowRunFields
{
    public long? Id { get; set; }

    public long? Attempt { get; set; }

    public string? Name { get; set; }

    public string? Path { get; set; }

    public string? Event { get; set; }

    public string? Conclusion { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public string? Actor { get; set; }

    public string? TriggeringActor { get; set; }

    public string? Host { get; set; }

    public long? PullRequest { get; set; }

    public bool HasSeveralPullRequests { get; set; }

    public string? Status { get; set; }

    public string? HeadBranch { get; set; }

    public long? RepositoryId { get; set; }

    public string? RepositoryName { get; set; }

    public WorkflowRunFacts FactsOf(RunIdentity run) => new(run)
    {
        WorkflowName = Name,
        WorkflowPath = WorkflowPaths.Of(Path),
        Event = Event,
        Conclusion = Conclusion,
        Actor = Actor,
        TriggeringActor = TriggeringActor,
        PullRequest = PullRequest,
        HasSeveralPullRequests = HasSeveralPullRequests,
        HeadBranch = HeadBranch,
        StartedAt = StartedAt ?? CreatedAt,
    };
}
