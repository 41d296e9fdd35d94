using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;

namespace TokenLedger.Application.Polling;

/// <summary>Sees to it that a day with a new look is queued, also when the process is killed in between.</summary>
/// <remarks>A mark stands from before the look is stored until its day is queued.</remarks>
internal sealed class UnqueuedLooks(ICheckpoints checkpoints, DayQueue queue, TimeProvider time)
{
    private const string Prefix = "poll-unqueued/";

    /// <summary>Marks a day whose look is about to be stored.</summary>
    public Task MarkAsync(DateOnly day, CancellationToken cancellation) =>
        checkpoints.SetAsync(new Checkpoint(Prefix + Text(day), time.GetUtcNow()), cancellation);

    /// <summary>Queues the day and takes its mark away.</summary>
    public async Task QueueAsync(DateOnly day, CancellationToken cancellation)
    {
        await queue.AddAsync(day, cancellation);
        await checkpoints.RemoveAsync(Prefix + Text(day), cancellation);
    }

    /// <summary>Queues what an earlier poll left.</summary>
    public async Task QueueAllAsync(CancellationToken cancellation)
    {
        var left = await checkpoints.ReadAsync(Prefix, cancellation).ToListAsync(cancellation);
        foreach (var mark in left)
        {
            if (DateOnly.TryParseExact(
                mark.Name[Prefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var day))
                await QueueAsync(day, cancellation);
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
