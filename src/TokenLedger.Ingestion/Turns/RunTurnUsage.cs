using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Turns;

/// <summary>The turns of all attempts of a run.</summary>
/// <param name="Turns">In the order of attempt, phase and start; what belongs to no turn last in its phase.</param>
/// <param name="UnreadRequests">
/// Requests of the run's rows that the archived files do not hold as those rows count them: they are in no turn.
/// </param>
public sealed record RunTurnUsage(IReadOnlyList<TurnUsage> Turns, long UnreadRequests);
