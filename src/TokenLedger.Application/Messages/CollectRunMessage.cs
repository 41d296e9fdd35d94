using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Messages;

/// <summary>Take the evidence of a run attempt and fold the run.</summary>
/// <param name="Run">The run attempt.</param>
/// <param name="InstallationId">The GitHub App's installation that told of it; null when nobody said.</param>
public sealed record CollectRunMessage(RunIdentity Run, long? InstallationId) : LedgerMessage
{
    /// <summary>How often the run's artifacts were looked for and no telemetry was there, from 0.</summary>
    public int Tries { get; init; }

    /// <summary>How often GitHub refused and was to be asked again later, from 0.</summary>
    public int Waits { get; init; }

    /// <summary>How often a look was ended at its bound and went on as a message, from 0.</summary>
    public int Parts { get; init; }

    /// <summary>What earlier looks found.</summary>
    public ArtifactMemory Memory { get; init; } = ArtifactMemory.Empty;

    /// <summary>Whether nobody has looked before because of this message; it may have come twice.</summary>
    public bool IsFirstLook => this is { Tries: 0, Waits: 0, Parts: 0 };

    /// <inheritdoc/>
    public override string QueueName => QueueNames.CollectRun;
}
