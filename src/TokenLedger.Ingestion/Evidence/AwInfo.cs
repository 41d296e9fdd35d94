namespace TokenLedger.Ingestion.Evidence;

/// <summary>What <c>aw_info.json</c> says of a run. Null is not said.</summary>
/// <remarks>
/// Fields as gh-aw v0.87 writes them, read 2026-10; older files write ids as strings or leave them empty.
/// </remarks>
internal sealed record AwInfo
{
    public string? Host { get; init; }

    public string? Repository { get; init; }

    public long? RepositoryId { get; init; }

    public long? RunId { get; init; }

    public long? Attempt { get; init; }

    public string? WorkflowName { get; init; }

    public string? WorkflowPath { get; init; }

    public string? Engine { get; init; }

    public string? Model { get; init; }

    public string? Event { get; init; }

    public string? Actor { get; init; }

    public long? PullRequest { get; init; }

    public long? Issue { get; init; }

    /// <summary>The branch of <c>ref</c>, where that is the branch that the run was on.</summary>
    public string? HeadBranch { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? FirewallVersion { get; init; }

    public string? CompilerVersion { get; init; }

    /// <summary>The provider that the router chose, where the run was routed.</summary>
    public string? RoutedProvider { get; init; }
}
