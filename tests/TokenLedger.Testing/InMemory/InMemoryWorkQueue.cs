using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Testing.InMemory;

/// <summary>
/// Queues with delays, time-outs of visibility and poison. Messages are kept as text, as a real queue keeps them.
/// </summary>
public sealed class InMemoryWorkQueue(TimeProvider time, KillSwitch? kill = null) : IWorkQueue
{
    /// <summary>How long a message that was handed out stays hidden.</summary>
    public static readonly TimeSpan VisibilityTimeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan DelayMax = TimeSpan.FromDays(7);

    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private long lastId;

    /// <summary>Every message that waits or is being handled, in the order of queueing.</summary>
    public IReadOnlyList<LedgerMessage> Waiting
    {
        get
        {
            lock (gate)
                return [.. entries.Select(entry => MessageFormat.Read(entry.Text)!.Message)];
        }
    }

    /// <summary>The texts that ended on a poison queue.</summary>
    public List<(string QueueName, string Text)> Poisoned { get; } = [];

    /// <inheritdoc/>
    public Task EnqueueAsync(LedgerMessage message, TimeSpan delay, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, DelayMax);
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        lock (gate)
        {
            entries.Add(new Entry(
                ++lastId, message.QueueName, MessageFormat.Write(message, traceParent: null), time.GetUtcNow() + delay));
        }

        return Task.CompletedTask;
    }

    /// <summary>Hands out the oldest visible message of a queue; null when there is none.</summary>
    public QueuedMessage? Take(string queueName)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var entry in entries.FindAll(entry => entry.QueueName == queueName && entry.VisibleAt <= now))
            {
                if (entry.DequeueCount >= QueueNames.DequeueCountMax)
                {
                    entries.Remove(entry);
                    Poisoned.Add((QueueNames.PoisonOf(queueName), entry.Text));
                    continue;
                }

                entry.DequeueCount++;
                entry.VisibleAt = now + VisibilityTimeout;
                return new QueuedMessage(entry.Id, queueName, entry.Text, entry.DequeueCount);
            }

            return null;
        }
    }

    /// <summary>Removes a message that was handled. A process may be killed before it comes to this.</summary>
    public void Complete(QueuedMessage message)
    {
        kill?.Count();
        lock (gate)
            entries.RemoveAll(entry => entry.Id == message.Id);
    }

    private sealed class Entry(long id, string queueName, string text, DateTimeOffset visibleAt)
    {
        public long Id => id;

        public string QueueName => queueName;

        public string Text => text;

        public DateTimeOffset VisibleAt { get; set; } = visibleAt;

        public int DequeueCount { get; set; }
    }
}
