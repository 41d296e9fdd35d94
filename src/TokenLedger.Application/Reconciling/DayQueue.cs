using System.Globalization;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Reconciling;

/// <summary>Queues days for reconciling, one message for many changes.</summary>
/// <remarks>
/// Nobody sees a message before its delay is over, so a change within it will be read by whoever handles the message. A
/// mark, set after the message, says how long that is; it may be lost or come late, and then a day is reconciled once
/// too often and never too seldom.
/// </remarks>
/// <param name="queue">The queue.</param>
/// <param name="checkpoints">The marks.</param>
/// <param name="time">The clock.</param>
/// <param name="delay">How long changes of a day are collected: runs end in crowds.</param>
public sealed class DayQueue(IWorkQueue queue, ICheckpoints checkpoints, TimeProvider time, TimeSpan delay)
{
    // Clocks of two machines, and of the queue's service, may differ by this much.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private const string MarkPrefix = "reconcile-day/";

    /// <summary>Queues a day, unless a message of it is under way that nobody has seen yet.</summary>
    public async Task AddAsync(DateOnly day, CancellationToken cancellation)
    {
        var name = MarkPrefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var now = time.GetUtcNow();
        if (await checkpoints.FindAsync(name, cancellation) is { } mark && now - mark.At < delay - ClockSkew)
            return;
        await queue.EnqueueAsync(new ReconcileDayMessage(day), delay, cancellation);
        // Of the time before the message: its delay ends later than the mark's.
        await checkpoints.SetAsync(new Checkpoint(name, now), cancellation);
    }
}
