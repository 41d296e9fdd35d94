using System.Diagnostics;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.WorkQueues;

/// <summary>Puts messages into Azure's queues; the Functions host takes them out.</summary>
public sealed class AzureWorkQueue : IWorkQueue
{
    private readonly LedgerQueues queues;

    internal AzureWorkQueue(LedgerQueues queues) => this.queues = queues;

    /// <inheritdoc/>
    public async Task EnqueueAsync(LedgerMessage message, TimeSpan delay, CancellationToken cancellation)
    {
        var queue = queues[message.QueueName];
        var text = MessageFormat.Write(message, Activity.Current?.Id);
        var put = await queue.PutAsync(text, delay, timeToLive: null, cancellation);
        if (put.Outcome != StorageOutcome.Done)
            throw new LedgerUnusableException($"Queue {queue.Name} answered {put.Outcome}: start the program again.");
    }
}
