namespace TokenLedger.Cli.Demo;

/// <summary>A clock that stands still, so that the demo prints the same every day.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
