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

    /// <inheritdoc/>
    public override string QueueName => QueueNames.CollectRun;
}
