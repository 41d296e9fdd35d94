using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Reconciling;

/// <summary>A queue whose answer takes a while.</summary>
internal sealed class SlowWorkQueue(IWorkQueue inner, TestClock clock, TimeSpan takes) : IWorkQueue
{
    public async Task EnqueueAsync(LedgerMessage message, TimeSpan delay, CancellationToken cancellation)
    {
        await inner.EnqueueAsync(message, delay, cancellation);
        clock.Now += takes;
    }
}
