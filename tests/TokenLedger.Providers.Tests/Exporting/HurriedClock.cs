namespace TokenLedger.Providers.Tests.Exporting;

/// <summary>A clock that jumps to the end of whatever is waited for, when it is waited for longer than a second.</summary>
internal sealed class HurriedClock(DateTimeOffset now) : TimeProvider
{
    // Time-outs of requests are longer than any wait of the tests and must not end at once.
    private static readonly TimeSpan[] TimeOuts = [TimeSpan.FromSeconds(41), TimeSpan.FromMinutes(5)];

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.FromSeconds(1) || TimeOuts.Contains(dueTime))
            return base.CreateTimer(callback, state, dueTime, period);
        Now += dueTime;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
