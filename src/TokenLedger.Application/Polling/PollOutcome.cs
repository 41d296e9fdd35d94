namespace TokenLedger.Application.Polling;

/// <summary>What a poll did.</summary>
/// <param name="Days">The days asked for, a view at a time, in the order asked.</param>
/// <param name="DaysLeft">Days of views that were due and are left to the next poll.</param>
public sealed record PollOutcome(IReadOnlyList<PolledDay> Days, int DaysLeft)
{
    /// <summary>Requests that it took.</summary>
    public int Questions { get; init; }
}
