namespace TokenLedger.Providers.Tests;

/// <summary>A clock that a test sets; timers run as ever.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
