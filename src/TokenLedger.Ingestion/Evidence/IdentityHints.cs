using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>What the user says about the run in flags. <c>aw_info.json</c> wins; a contradiction is an error.</summary>
public sealed record IdentityHints
{
    /// <summary>The GitHub host; null for <c>github.com</c>.</summary>
    public string? Host { get; init; }

    /// <summary>The repository as <c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>The run id.</summary>
    public long? RunId { get; init; }

    /// <summary>The attempt.</summary>
    public int? Attempt { get; init; }

    /// <summary>The workflow file's path, for runs whose evidence does not tell.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>Who pays; wins over configuration.</summary>
    public Payer? Payer { get; init; }
}
