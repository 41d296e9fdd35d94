using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Collecting;

/// <summary>A clock on which every wait is over at once, and the time has passed.</summary>
internal sealed class HastyClock(TestClock clock) : TimeProvider
{
    /// <summary>The waits, in order.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => clock.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        clock.Now += dueTime;
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
