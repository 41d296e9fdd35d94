using TokenLedger.Application.Messages;

namespace TokenLedger.Application.Ports;

/// <summary>Durable queues. A message is delivered at least once, in any order.</summary>
public interface IWorkQueue
{
    /// <summary>Adds a message with the trace that is current; durable when the call returns.</summary>
    /// <param name="message">What to do.</param>
    /// <param name="delay">How long nobody sees it; from 0 to 7 days.</param>
    /// <param name="cancellation">Ends the call; the message may then be queued or not.</param>
    Task EnqueueAsync(LedgerMessage message, TimeSpan delay, CancellationToken cancellation);
}
