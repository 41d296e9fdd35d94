using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Messages;

/// <summary>Take the evidence of a run attempt and fold the run.</summary>
/// <param name="Run">The run attempt.</param>
/// <param name="InstallationId">The GitHub App's installation that told of it; null when nobody said.</param>
public sealed record CollectRunMessage(RunIdentity Run, long? InstallationId) : LedgerMessage
{
    /// <inheritdoc/>
    public override string QueueName => QueueNames.CollectRun;
}
