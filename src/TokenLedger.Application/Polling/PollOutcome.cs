namespace TokenLedger.Application.Polling;

/// <summary>What a poll did.</summary>
/// <param name="Days">The days asked for, in the order asked.</param>
/// <param name="DaysLeft">Days that were due and are left to the next poll.</param>
public sealed record PollOutcome(IReadOnlyList<PolledDay> Days, int DaysLeft);
