namespace TokenLedger.Application.Ports;

/// <summary>What waits in the queues.</summary>
public interface IQueueDepths
{
    /// <summary>Every queue of the ledger, in the order of their names.</summary>
    Task<IReadOnlyList<QueueDepth>> ReadAsync(CancellationToken cancellation);
}
