namespace TokenLedger.Application.Ports;

/// <summary>What waits in the queues.</summary>
public interface IQueueDepths
{
    /// <summary>
    /// How full each queue is, in the order of <see cref="Messages.QueueNames.All"/>, each with its poison queue after
    /// it; empty ones too. An estimate where the storage only estimates.
    /// </summary>
    Task<IReadOnlyList<QueueDepth>> ReadDepthsAsync(CancellationToken cancellation);
}
