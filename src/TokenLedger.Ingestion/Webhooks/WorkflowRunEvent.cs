using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Webhooks;

/// <summary>What the ledger takes of a <c>workflow_run</c> event whose action is <c>completed</c>.</summary>
/// <param name="Facts">The run attempt and what GitHub says of it.</param>
/// <param name="InstallationId">The GitHub App's installation; null for a webhook of a repository.</param>
public sealed record WorkflowRunEvent(WorkflowRunFacts Facts, long? InstallationId);
