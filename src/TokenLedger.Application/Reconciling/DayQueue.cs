using System.Collections.Concurrent;
using System.Globalization;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Reconciling;

/// <summary>
/// Queues days for one kind of work, one message for many changes. Keep one for the life of the process.
/// </summary>
/// <remarks>
/// Nobody sees a message before its delay is over, so a change within it will be read by whoever handles the message.
/// The process remembers how long that is. When changes go on, processes also tell each other by a mark, set after the
/// message; a single change needs none. Memory and marks may be lost or come late, and then a day is worked on once
/// too often and never too seldom.
/// </remarks>
/// <param name="queue">The queue.</param>
/// <param name="checkpoints">The marks.</param>
/// <param name="time">The clock.</param>
/// <param name="delay">How long changes of a day are collected: runs end in crowds.</param>
/// <param name="messageOf">The message of a day, always of the same queue.</param>
public sealed class DayQueue(
    IWorkQueue queue, ICheckpoints checkpoints, TimeProvider time, TimeSpan delay,
    Func<DateOnly, LedgerMessage> messageOf)
{
    // Clocks of two machines, and of the queue's service, may differ by this much.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    // A day that this process queued so many delays ago is one of a crowd.
    private const int CrowdDelays = 10;

    private const int RememberedDaysMax = 1_000;

    private readonly ConcurrentDictionary<DateOnly, DateTimeOffset> queuedAt = new();

    /// <summary>Queues days for reconciling.</summary>
    public DayQueue(IWorkQueue queue, ICheckpoints checkpoints, TimeProvider time, TimeSpan delay)
        : this(queue, checkpoints, time, delay, static day => new ReconcileDayMessage(day))
    {
    }

    /// <summary>Queues a day, unless a message of it is known to be under way that nobody has seen yet.</summary>
    public async Task AddAsync(DateOnly day, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var isRemembered = queuedAt.TryGetValue(day, out var last);
        if (isRemembered && IsHidden(last, now))
            return;
        var isCrowd = isRemembered && delay > ClockSkew && now - last < delay * CrowdDelays;
        var message = messageOf(day);
        var name = $"{message.QueueName}/{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        if (isCrowd && await checkpoints.FindAsync(name, cancellation) is { } mark && IsHidden(mark.At, now))
        {
            Remember(day, mark.At);
            return;
        }

        await queue.EnqueueAsync(message, delay, cancellation);
        // Of the time before the message: its delay ends later than theirs.
        if (isCrowd)
            await checkpoints.SetAsync(new Checkpoint(name, now), cancellation);
        Remember(day, now);
    }

    // Also when a clock was put back.
    private bool IsHidden(DateTimeOffset at, DateTimeOffset now) =>
        now - at < delay - ClockSkew && at - now < ClockSkew;

    private void Remember(DateOnly day, DateTimeOffset at)
    {
        if (queuedAt.Count >= RememberedDaysMax)
            queuedAt.Clear();
        queuedAt[day] = at;
    }
}
