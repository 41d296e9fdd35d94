using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Runs;

/// <summary>What became of a finished run that GitHub told of.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Run">The run that was queued, under the name it is known by; null otherwise.</param>
public sealed record RecordedRun(RecordedRunKind Kind, RunIdentity? Run = null);
