namespace TokenLedger.Application.Turns;

/// <summary>The turns of a run, and what stands in the way of knowing more.</summary>
/// <param name="Turns">In the order of attempt, phase and start.</param>
/// <param name="IsArchiveGone">Whether none of the run's raw files is left: then no turn is known.</param>
/// <param name="UnreadRequests">Requests of the rows that the raw files do not hold as the rows count them.</param>
public sealed record TurnsOfRun(IReadOnlyList<PricedTurn> Turns, bool IsArchiveGone, long UnreadRequests);
