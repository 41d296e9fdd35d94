using TokenLedger.Application.Ingesting;

namespace TokenLedger.Application.Collecting;

/// <summary>What collecting a run brought.</summary>
/// <param name="Run">The run as it is folded now.</param>
/// <param name="Step">How far collecting has come; null without anything to ask GitHub with.</param>
public sealed record CollectedRun(IngestedRun Run, CollectionStep? Step);
