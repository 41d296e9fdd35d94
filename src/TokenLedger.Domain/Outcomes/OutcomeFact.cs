namespace TokenLedger.Domain.Outcomes;

/// <summary>One thing that GitHub told of a pull request or issue. Immutable; told twice it is one.</summary>
/// <param name="At">When it was so, UTC.</param>
public abstract record OutcomeFact(DateTimeOffset At);
