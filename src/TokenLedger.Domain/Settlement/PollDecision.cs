namespace TokenLedger.Domain.Settlement;

/// <summary>When a day's bill is to be looked at again.</summary>
/// <param name="Kind">Now, later or never.</param>
/// <param name="At">
/// When the look is or was due, UTC; for <see cref="PollDecisionKind.Never"/> the end of time.
/// </param>
public readonly record struct PollDecision(PollDecisionKind Kind, DateTimeOffset At);
