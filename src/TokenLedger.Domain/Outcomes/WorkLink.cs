namespace TokenLedger.Domain.Outcomes;

/// <summary>What one run attempt had to do with one pull request or issue.</summary>
/// <param name="Subject">The pull request or issue.</param>
/// <param name="Kind">Which of the two; null when nobody said.</param>
/// <param name="Relation">What the run had to do with it.</param>
/// <param name="Source">What says so.</param>
public sealed record WorkLink(WorkSubject Subject, WorkKind? Kind, WorkRelation Relation, WorkSource Source);
