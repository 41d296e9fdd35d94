using System.Globalization;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Reconciling;

/// <summary>Queues days for reconciling, one message for many changes.</summary>
/// <remarks>
/// A mark says that a message is under way. It is set after the message and taken away before the day's input is read,
/// so a change is either seen by that reading or finds no mark. Killed in between, a day is reconciled once too often
/// and never too seldom: a mark that is older than its message can be counts for nothing.
/// </remarks>
/// <param name="queue">The queue.</param>
/// <param name="checkpoints">The marks.</param>
/// <param name="time">The clock.</param>
/// <param name="delay">How long changes of a day are collected: runs end in crowds.</param>
public sealed class DayQueue(IWorkQueue queue, ICheckpoints checkpoints, TimeProvider time, TimeSpan delay)
{
    // A message is handed out at most five times within ten minutes; an older mark has outlived it.
    private static readonly TimeSpan MarkAge = TimeSpan.FromMinutes(15);

    private const string MarkPrefix = "reconcile-day/";

    /// <summary>Queues a day, unless a message of it is under way.</summary>
    public async Task AddAsync(DateOnly day, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await checkpoints.FindAsync(MarkOf(day), cancellation) is { } mark && now - mark.At < MarkAge)
            return;
        await queue.EnqueueAsync(new ReconcileDayMessage(day), delay, cancellation);
        // The message may be seen by now and its mark taken away: one set this late would hide the next change.
        if (time.GetUtcNow() - now >= delay)
            return;
        await checkpoints.SetAsync(new Checkpoint(MarkOf(day), now), cancellation);
    }

    /// <summary>Takes the mark away; called before the day's input is read.</summary>
    public Task TakeAsync(DateOnly day, CancellationToken cancellation) =>
        checkpoints.RemoveAsync(MarkOf(day), cancellation);

    private static string MarkOf(DateOnly day) => MarkPrefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
