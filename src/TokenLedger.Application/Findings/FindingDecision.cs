namespace TokenLedger.Application.Findings;

/// <summary>What somebody decided about a finding.</summary>
/// <param name="Status"><see cref="FindingStatus.Acknowledged"/> or <see cref="FindingStatus.Dismissed"/>.</param>
/// <param name="By">Who; as they say themselves.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why; hostile text.</param>
public sealed record FindingDecision(FindingStatus Status, string By, DateTimeOffset At, string Reason);
