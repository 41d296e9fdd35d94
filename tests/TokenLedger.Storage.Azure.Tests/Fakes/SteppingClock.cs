namespace TokenLedger.Storage.Azure.Tests.Fakes;

/// <summary>A clock that goes on by a minute each time it is looked at.</summary>
public sealed class SteppingClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 22, 3, 25, 2, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        var seen = now;
        now = now.AddMinutes(1);
        return seen;
    }
}
