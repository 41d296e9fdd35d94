using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Azure.WorkQueues;

/// <summary>What waits in Azure's queues: the service's own estimate, which does not know the oldest.</summary>
public sealed class AzureQueueDepths : IQueueDepths
{
    private readonly LedgerQueues queues;

    internal AzureQueueDepths(LedgerQueues queues) => this.queues = queues;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueueDepth>> ReadDepthsAsync(CancellationToken cancellation) =>
        await Task.WhenAll(LedgerQueues.Names.Select(async name => new QueueDepth(
            name, await CountAsync(name, cancellation), OldestAge: null)));

    // A queue that somebody deleted is no empty one.
    private async Task<long> CountAsync(string name, CancellationToken cancellation)
    {
        var count = await queues[name].ApproximateCountAsync(cancellation);
        return count.IsDone
            ? count.Value
            : throw new LedgerUnusableException($"The queue {name} is missing: start the service again to make it.");
    }
}
