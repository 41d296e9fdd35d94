using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Queues;

namespace TokenLedger.Testing.FunctionsHost.EventGrid;

/// <summary>Watches one container and puts an event for every new or changed blob into a queue.</summary>
/// <remarks>It looks when a test says so. Nothing waits for a clock: what is held back comes some rounds later.</remarks>
public sealed class EventGridDouble
{
    private readonly StorageServices storage;
    private readonly Uri blobEndpoint;
    private readonly string container;
    private readonly QueueClient plain;
    private readonly QueueClient base64;
    private readonly EventEncoding encoding;
    private readonly EventDisorder? disorder;
    private readonly TimeProvider time;
    private readonly Func<string, string, string?>? clientRequestIdOf;
    private readonly Random? dice;
    private readonly Dictionary<string, string> seen = new(StringComparer.Ordinal);
    private readonly List<(int Round, string Event)> held = [];
    private int round;
    private int delivered;

    /// <param name="connectionString">Of the account with the container and the queue.</param>
    /// <param name="container">Its name.</param>
    /// <param name="queue">Where events go; must exist.</param>
    /// <param name="encoding">Of the queue's messages.</param>
    /// <param name="disorder">Null: once each, at once, in the order of their names.</param>
    /// <param name="time">The clock of the events.</param>
    /// <param name="clientRequestIdOf">
    /// What the put of a blob called itself, by container and name; the storage does not keep it. Null: no event says.
    /// </param>
    public EventGridDouble(
        string connectionString,
        string container = "run-logs",
        string queue = "log-uploaded",
        EventEncoding encoding = EventEncoding.Alternating,
        EventDisorder? disorder = null,
        TimeProvider? time = null,
        Func<string, string, string?>? clientRequestIdOf = null)
    {
        var account = StorageAccountReader.Read(new() { ConnectionString = connectionString }).Account
            ?? throw new ArgumentException("No account.", nameof(connectionString));
        storage = new(account);
        blobEndpoint = account.BlobEndpoint;
        this.container = container;
        plain = storage.Queue(queue, QueueTextEncoding.Plain);
        base64 = storage.Queue(queue, QueueTextEncoding.Base64);
        this.encoding = encoding;
        this.disorder = disorder;
        this.time = time ?? TimeProvider.System;
        this.clientRequestIdOf = clientRequestIdOf;
        dice = disorder is null ? null : new Random(disorder.Seed);
    }

    /// <summary>Events that are held back.</summary>
    public int Held => held.Count;

    /// <summary>One look: finds what is new, holds back what is to be held back, delivers the rest.</summary>
    /// <returns>How many messages were put.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var blob in storage.Container(container).ListAsync(cancellationToken: cancellationToken))
        {
            var tag = blob.Properties.ETag.ToString();
            if (seen.TryGetValue(blob.Name, out var known) && string.Equals(known, tag, StringComparison.Ordinal))
                continue;
            seen[blob.Name] = tag;
            Hold(BlobCreatedEvent.Json(
                blobEndpoint, container, blob, Guid.NewGuid(), time.GetUtcNow(),
                clientRequestIdOf?.Invoke(container, blob.Name)));
        }

        var due = held.Where(item => item.Round <= round).Select(item => item.Event).ToArray();
        held.RemoveAll(item => item.Round <= round);
        round++;
        dice?.Shuffle(due);
        foreach (var item in due)
            await PutAsync(item, cancellationToken);
        return due.Length;
    }

    /// <summary>Looks until nothing is new or held back.</summary>
    /// <returns>How many messages were put.</returns>
    public async Task<int> DeliverAllAsync(CancellationToken cancellationToken = default)
    {
        var count = await DeliverAsync(cancellationToken);
        while (held.Count > 0)
            count += await DeliverAsync(cancellationToken);
        return count;
    }

    private void Hold(string item)
    {
        var copies = dice?.Next(1, disorder!.CopiesMax + 1) ?? 1;
        for (var copy = 0; copy < copies; copy++)
            held.Add((round + (dice?.Next(disorder!.RoundsHeldMax + 1) ?? 0), item));
    }

    private async Task PutAsync(string item, CancellationToken cancellationToken)
    {
        var isPlain = encoding == EventEncoding.Plain || (encoding == EventEncoding.Alternating && delivered % 2 == 0);
        var put = await (isPlain ? plain : base64).PutAsync(item, cancellationToken: cancellationToken);
        if (!put.IsDone)
            throw new InvalidOperationException($"The queue of the events: {put.Outcome}.");
        delivered++;
    }
}
