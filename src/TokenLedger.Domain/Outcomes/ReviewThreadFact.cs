namespace TokenLedger.Domain.Outcomes;

/// <summary>A thread of review comments was resolved, or opened again.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Thread">GitHub's id of the thread: that of its first comment.</param>
/// <param name="IsResolved">Whether it was resolved.</param>
/// <param name="Comments">How many comments it had.</param>
public sealed record ReviewThreadFact(DateTimeOffset At, string Thread, bool IsResolved, long Comments)
    : OutcomeFact(At);
