namespace TokenLedger.Domain.Outcomes;

/// <summary>The merge of a pull request was reverted.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By"><c>#number</c> of the pull request that did so, or the SHA of the commit.</param>
public sealed record RevertFact(DateTimeOffset At, string By) : OutcomeFact(At);
