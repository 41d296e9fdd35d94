using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Collecting;

/// <summary>Waits where somebody collects by hand and no queue does the waiting.</summary>
/// <param name="waiting">Told until when is waited, UTC.</param>
/// <param name="time">The clock.</param>
internal sealed class CollectionPatience(Action<DateTimeOffset> waiting, TimeProvider time)
{
    /// <summary>Waits for one question: GitHub's limit lasts an hour at most, and others may use it up again.</summary>
    public const int RateLimitWaitsMax = 6;

    /// <summary>Waits for one question that GitHub could not answer.</summary>
    public const int FailureWaitsMax = 3;

    private static readonly TimeSpan RateLimitUnsaid = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(65);

    // A limit ends on a second, and clocks differ.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Waits until asking again makes sense.</summary>
    /// <param name="refusal">What GitHub said.</param>
    /// <param name="waits">How often was waited for this question.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when it makes none.</returns>
    public async Task<bool> WaitAsync(ProviderRefusal refusal, int waits, CancellationToken cancellation)
    {
        var wait = refusal.Code switch
        {
            ProviderRefusal.RateLimited when waits < RateLimitWaitsMax => refusal.RetryAfter ?? RateLimitUnsaid,
            ProviderRefusal.Unavailable or ProviderRefusal.CutOff when waits < FailureWaitsMax =>
                refusal.RetryAfter ?? AfterFailure * (1 << waits),
            _ => (TimeSpan?)null,
        };
        if (wait is not { } length || length > Longest)
            return false;
        await WaitAsync(length + Margin, cancellation);
        return true;
    }

    /// <summary>Waits.</summary>
    public Task WaitAsync(TimeSpan length, CancellationToken cancellation)
    {
        waiting(time.GetUtcNow() + length);
        return Task.Delay(length, time, cancellation);
    }
}
