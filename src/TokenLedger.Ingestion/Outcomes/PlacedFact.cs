using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Ingestion.Outcomes;

/// <summary>A fact and what it is told of.</summary>
/// <param name="Place">What it is told of.</param>
/// <param name="Fact">What is told.</param>
public sealed record PlacedFact(OutcomePlace Place, OutcomeFact Fact);
