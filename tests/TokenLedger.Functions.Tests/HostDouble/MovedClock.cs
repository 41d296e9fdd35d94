namespace TokenLedger.Functions.Tests.HostDouble;

/// <summary>The system's clock, moved on; timers run as ever.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan MovedBy { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + MovedBy;
}
