namespace TokenLedger.Application.Artifacts;

/// <summary>One run attempt.</summary>
/// <remarks>What is not required came after the first artifacts, and those stay valid.</remarks>
public sealed record RunEntry
{
    /// <summary>The GitHub host.</summary>
    public required string Host { get; init; }

    /// <summary><c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The run id.</summary>
    public required long RunId { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The workflow's display name.</summary>
    public required string? WorkflowName { get; init; }

    /// <summary>The workflow file.</summary>
    public required string? WorkflowPath { get; init; }

    /// <summary>The agent engine.</summary>
    public required string? Engine { get; init; }

    /// <summary>What started it.</summary>
    public required string? Event { get; init; }

    /// <summary>Who started its first attempt; not the payer.</summary>
    public required string? Actor { get; init; }

    /// <summary>Who started this attempt; not the payer.</summary>
    public string? TriggeringActor { get; init; }

    /// <summary>Whose wallet: <c>organization</c>, <c>user:LOGIN</c>, <c>key</c> or <c>unknown</c>.</summary>
    public required string Payer { get; init; }

    /// <summary>The pull request.</summary>
    public required long? PullRequest { get; init; }

    /// <summary>
    /// Why there is none: <c>not-told</c>, <c>other-event</c>, <c>not-named</c> or <c>several</c>; null when there is.
    /// </summary>
    public string? PullRequestAbsence { get; init; }

    /// <summary>The issue.</summary>
    public long? Issue { get; init; }

    /// <summary>The branch.</summary>
    public string? HeadBranch { get; init; }

    /// <summary>GitHub's conclusion.</summary>
    public required string? Conclusion { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whole minutes of its jobs, each rounded up.</summary>
    public long? ActionsMinutes { get; init; }

    /// <summary>
    /// What became of its artifacts: <c>collected</c>, <c>telemetry-expired</c>, <c>no-telemetry</c> or
    /// <c>refused</c>; null when GitHub was not asked.
    /// </summary>
    public string? Collection { get; init; }

    /// <summary>The least final status of its days.</summary>
    public required string Settlement { get; init; }

    /// <summary>The sum of its priced models; null when none is.</summary>
    public required decimal? EstimatedAiCredits { get; init; }

    /// <summary>What the proxy claims.</summary>
    public required decimal? ProxyReportedAiCredits { get; init; }

    /// <summary>What the session claims.</summary>
    public required decimal? SessionReportedAiCredits { get; init; }

    /// <summary>Gross, in AI credits.</summary>
    public required decimal? BilledAiCredits { get; init; }

    /// <summary>Gross, in US dollars: credits divided by 100.</summary>
    public required decimal? BilledGrossUsd { get; init; }

    /// <summary>Net, in US dollars; null when unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }

    /// <summary>What a reader of its figures should know.</summary>
    public required IReadOnlyList<WarningEntry> Warnings { get; init; }

    /// <summary>Its usage by day, phase, purpose, channel and model.</summary>
    public required IReadOnlyList<ModelEntry> Models { get; init; }
}
