namespace TokenLedger.Ingestion.Sessions;

/// <summary>What <c>gh aw</c> sums up of one run. Null is not said.</summary>
internal sealed record RunSummary
{
    public string? Host { get; init; }

    public string? Repository { get; init; }

    public long? RunId { get; init; }

    public long? Attempt { get; init; }

    public string? WorkflowName { get; init; }

    public string? WorkflowPath { get; init; }

    public string? Engine { get; init; }

    public string? Event { get; init; }

    public string? Actor { get; init; }

    public string? HeadBranch { get; init; }

    public string? Conclusion { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The proxy's figure for the agent phase as gh aw shows it, in AI credits.</summary>
    public decimal? AiCredits { get; init; }

    public IReadOnlyList<SummaryModel> Models { get; init; } = [];
}
