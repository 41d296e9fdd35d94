namespace TokenLedger.Application.Ports;

/// <summary>The App's newest deliveries, up to 100.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Lost">How many of them failed and did not succeed when sent again.</param>
/// <param name="LastStatus">The status of the newest lost one, such as <c>401</c>; null without one.</param>
/// <param name="LastAt">When the newest was delivered, UTC; null without any.</param>
public sealed record DeliveriesProbe(int Count, int Lost, string? LastStatus, DateTimeOffset? LastAt);
