using System.Collections.Concurrent;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// Holds requests back: no more at once than GitHub allows, and none with a credential whose limit is known to be used
/// up, because asking on risks a ban (GitHub's documentation of rate limits, 2026-10).
/// </summary>
internal sealed class GitHubGate(int requestsMax, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim slots = new(requestsMax);
    private readonly ConcurrentDictionary<string, DateTimeOffset> closedUntil = new(StringComparer.Ordinal);

    /// <summary>How long the credential must not be used; null when it may be.</summary>
    public TimeSpan? Wait(string credentialKey)
    {
        if (!closedUntil.TryGetValue(credentialKey, out var until))
            return null;
        var left = until - time.GetUtcNow();
        if (left > TimeSpan.Zero)
            return left;
        closedUntil.TryRemove(new KeyValuePair<string, DateTimeOffset>(credentialKey, until));
        return null;
    }

    /// <summary>Notes that a credential must rest.</summary>
    public void Close(string credentialKey, TimeSpan wait) => closedUntil.AddOrUpdate(
        credentialKey, static (_, until) => until,
        static (_, before, until) => before > until ? before : until, time.GetUtcNow() + wait);

    /// <summary>Waits for a free slot; disposing what it returns frees it.</summary>
    public async Task<Slot> EnterAsync(CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        return new Slot(slots);
    }

    public void Dispose() => slots.Dispose();

    /// <summary>A slot that is taken.</summary>
    public readonly struct Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
