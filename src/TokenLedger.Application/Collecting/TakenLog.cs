using TokenLedger.Application.Ingesting;

namespace TokenLedger.Application.Collecting;

/// <summary>What became of a message of the queue <c>log-uploaded</c>.</summary>
/// <param name="Run">What the fold made of the run; null when there was nothing to fold.</param>
/// <param name="Fault">Why there was nothing to fold; null otherwise.</param>
public sealed record TakenLog(IngestedRun? Run, UploadedLogFault? Fault);
