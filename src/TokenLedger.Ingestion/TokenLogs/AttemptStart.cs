namespace TokenLedger.Ingestion.TokenLogs;

/// <summary>When an attempt of a run started. Artifacts carry no attempt, so a record's timestamp picks it.</summary>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="StartedAt">Its start, UTC, inclusive.</param>
public readonly record struct AttemptStart(int Attempt, DateTimeOffset StartedAt);
