using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Webhooks;

/// <summary>What became of a webhook delivery, and why.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Detail">Why it was ignored or is malformed, in words of ours alone; null otherwise.</param>
/// <param name="Run">The run that was queued; null otherwise.</param>
public sealed record WebhookOutcome(WebhookOutcomeKind Kind, string? Detail = null, RunIdentity? Run = null);
