namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>What the host remembers of a monitored timer.</summary>
public sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset LastUpdated, DateTimeOffset Next);
