namespace TokenLedger.Hosting.Workers;

/// <summary>Does something at a minute of every hour, once at a time.</summary>
/// <param name="minute">The minute, from 0 to 59.</param>
/// <param name="work">What to do; must not throw but for the cancellation.</param>
/// <param name="time">The clock.</param>
internal sealed class HourlyTimer(int minute, Func<CancellationToken, Task> work, TimeProvider time)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            // Ends with the process.
            while (true)
            {
                await Task.Delay(UntilNext(time.GetUtcNow()), time, stopping);
                await work(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    /// <summary>The time to the next such minute, above 0.</summary>
    internal TimeSpan UntilNext(DateTimeOffset now)
    {
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, minute, 0, now.Offset);
        return (hour > now ? hour : hour.AddHours(1)) - now;
    }
}
