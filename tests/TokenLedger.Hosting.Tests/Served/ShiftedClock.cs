namespace TokenLedger.Hosting.Tests.Served;

/// <summary>A clock that a test sets forward; timers run in real time.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 10, 12, 9, 0, 0, TimeSpan.Zero);

    private long shift = Start.Ticks - System.GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref shift));

    public void Advance(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);
}
