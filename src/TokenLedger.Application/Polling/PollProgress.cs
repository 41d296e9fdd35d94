namespace TokenLedger.Application.Polling;

/// <summary>How far a poll by hand is.</summary>
/// <param name="Done">Days of views that are dealt with.</param>
/// <param name="Total">How many there are.</param>
/// <param name="WaitsUntil">When the provider is asked again, UTC; null while nothing is waited for.</param>
public sealed record PollProgress(int Done, int Total, DateTimeOffset? WaitsUntil = null);
