using System.Collections.Concurrent;
using TokenLedger.Application.Ports;

namespace TokenLedger.Testing.InMemory;

/// <summary>Deliveries and when each was claimed first.</summary>
public sealed class InMemoryDeliveryLog(KillSwitch? kill = null) : IDeliveryLog
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> claimed = new(StringComparer.Ordinal);

    /// <summary>The claimed deliveries.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Claimed => claimed;

    /// <inheritdoc/>
    public Task<bool> IsClaimedAsync(string deliveryId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        return Task.FromResult(claimed.ContainsKey(deliveryId));
    }

    /// <inheritdoc/>
    public Task ClaimAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        claimed.TryAdd(deliveryId, at);
        return Task.CompletedTask;
    }
}
