using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Ingesting;

/// <summary>What was stored of a run when somebody looked.</summary>
/// <param name="Stored">The run; null when nothing was stored.</param>
public sealed record SeenRun(StoredRun? Stored);
