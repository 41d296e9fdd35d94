namespace TokenLedger.Hosting.Workers;

/// <summary>Does something at a minute of every hour, or several times an hour; once at a time.</summary>
/// <param name="minute">The first minute of the hour, from 0 to 59 and below the distance.</param>
/// <param name="work">What to do; must not throw but for the cancellation.</param>
/// <param name="time">The clock.</param>
/// <param name="distance">Minutes from one time to the next; a divisor of 60.</param>
internal sealed class HourlyTimer(
    int minute, Func<CancellationToken, Task> work, TimeProvider time, int distance = 60)
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
        var first = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, minute, 0, now.Offset);
        // Of the hour before, when this hour's first is still to come.
        var passed = Math.Floor((now - first) / TimeSpan.FromMinutes(distance));
        return first + TimeSpan.FromMinutes(distance * (passed + 1)) - now;
    }
}
