using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Application.Alerts;

/// <summary>Sends what is due of the outbox. Any number of processes may do so at once.</summary>
/// <remarks>
/// A lease of group and channel keeps two processes apart, and a row says that it is being sent before it is. Whoever
/// is killed in between leaves a row that is sent again once the lease is over.
/// </remarks>
public sealed class SendAlerts
{
    // GitHub's limit of new content is 80 a minute for everything that its credential does.
    private const int GroupsMax = 30;

    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan SendingMax = TimeSpan.FromMinutes(1);

    private readonly AlertOutbox outbox;
    private readonly Dictionary<string, IAlertChannel> channels;
    private readonly AlertsConfiguration configuration;
    private readonly AlertBook book;
    private readonly TimeProvider time;

    /// <param name="records">Where the outbox is.</param>
    /// <param name="channels">The channels; their names are unique.</param>
    /// <param name="configuration">How long a group is left alone.</param>
    /// <param name="alerts">Told of what could not be sent.</param>
    /// <param name="time">The clock.</param>
    public SendAlerts(
        IRecords records, IReadOnlyList<IAlertChannel> channels, AlertsConfiguration configuration, IAlertLog alerts,
        TimeProvider time)
    {
        outbox = new AlertOutbox(records);
        this.channels = channels.ToDictionary(channel => channel.Configuration.Name, StringComparer.Ordinal);
        this.configuration = configuration;
        book = new AlertBook(alerts, time);
        this.time = time;
    }

    /// <summary>Sends what is due, the oldest first; what is over a bound is left to the next time.</summary>
    public async Task<TellOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var due = await outbox.ReadRecentAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellation)
            .Where(row => row.IsOpen && row.NextTryAt <= now)
            .OrderBy(row => row.NextTryAt)
            .Select(row => (Partition: OutboxTable.PartitionOf(row.Event), row.Channel))
            .Distinct()
            .ToListAsync(cancellation);
        var outcome = new TellOutcome { GroupsLeft = Math.Max(0, due.Count - GroupsMax) };
        // A channel that refuses is left alone until the next time: each group would wait for it anew.
        var refusing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (partition, channel) in due.Take(GroupsMax))
        {
            if (refusing.Contains(channel))
            {
                outcome = outcome with { GroupsLeft = outcome.GroupsLeft + 1 };
                continue;
            }

            if (await outbox.TakeLeaseAsync(partition, channel, time.GetUtcNow(), LeaseLength, cancellation)
                is not { } lease)
                continue;
            var before = outcome.Refused + outcome.Failed;
            outcome = await SendGroupAsync(lease, channel, outcome, cancellation);
            if (outcome.Refused + outcome.Failed > before)
                refusing.Add(channel);
            await outbox.ReturnLeaseAsync(lease, channel, cancellation);
        }

        return outcome;
    }

    private async Task<TellOutcome> SendGroupAsync(
        StoredRecord lease, string channel, TellOutcome outcome, CancellationToken cancellation)
    {
        var rows = await outbox.ReadGroupAsync(lease.Row.PartitionKey, cancellation);
        rows.RemoveAll(row => !string.Equals(row.Channel, channel, StringComparison.Ordinal));
        // Each step leaves its row not due.
        for (var steps = rows.Count; steps > 0; steps--)
        {
            var now = time.GetUtcNow();
            if (now + SendingMax >= lease.Row.Time("nexttryat")
                || OutboxPlan.Next(rows, now, configuration.Cooldown) is not { } step)
                break;
            if (await DoAsync(step, rows, cancellation) is not { } row)
                break;
            rows[rows.IndexOf(step.Row)] = row;
            if (step.Action != OutboxAction.Hold)
                outcome = Counted(outcome, row);
            // It would only wait for the same again.
            if (row.IsOpen && step.Action == OutboxAction.Send)
                break;
        }

        return outcome;
    }

    // Null when somebody else has changed the row: the next time decides anew.
    private async Task<OutboxRow?> DoAsync(OutboxStep step, List<OutboxRow> rows, CancellationToken cancellation)
    {
        var row = step.Row;
        var isKnown = channels.TryGetValue(row.Channel, out var channel);
        switch (step.Action)
        {
            case OutboxAction.Hold:
                return await outbox.ReplaceAsync(row with { NextTryAt = step.Until, Note = step.Note }, cancellation);
            case OutboxAction.Send when isKnown:
                var claimed = await outbox.ReplaceAsync(
                    row with
                    {
                        State = OutboxState.Sending,
                        Tries = row.Tries + 1,
                        NextTryAt = time.GetUtcNow() + LeaseLength,
                    },
                    cancellation);
                return claimed is null ? null : await SendAsync(claimed, channel!, ReferenceOf(rows), cancellation);
            case OutboxAction.GiveUp:
                await GiveUpAsync(row, step.Note, cancellation);
                return await outbox.ReplaceAsync(
                    row with { State = OutboxState.Failed, NextTryAt = null, Note = step.Note }, cancellation);
            default:
                var note = step.Action == OutboxAction.Suppress ? step.Note : "the channel is configured no more";
                return await outbox.ReplaceAsync(
                    row with { State = OutboxState.Suppressed, NextTryAt = null, Note = note }, cancellation);
        }
    }

    private async Task<OutboxRow> SendAsync(
        OutboxRow row, IAlertChannel channel, string? reference, CancellationToken cancellation)
    {
        var (sent, refusal) = await SendInTimeAsync(row, channel, reference, cancellation);
        if (refusal is null)
        {
            var changed = await outbox.ChangeAsync(
                row,
                known => known with
                {
                    State = OutboxState.Sent,
                    SentAt = time.GetUtcNow(),
                    NextTryAt = null,
                    Reference = sent,
                    Note = null,
                },
                cancellation);
            await book.CloseAsync(Alert.AlertUndelivered, row.Channel, cancellation);
            return changed;
        }

        var isLast = row.Tries >= OutboxPlan.TriesMax;
        if (isLast)
            await GiveUpAsync(row, refusal.Message, cancellation);
        return await outbox.ChangeAsync(
            row,
            known => known with
            {
                State = isLast ? OutboxState.Failed : OutboxState.Pending,
                NextTryAt = isLast ? null : time.GetUtcNow() + OutboxPlan.WaitAfter(row.Tries, refusal.RetryAfter),
                Note = refusal.Message,
            },
            cancellation);
    }

    private async Task<ProviderAnswer<string>> SendInTimeAsync(
        OutboxRow row, IAlertChannel channel, string? reference, CancellationToken cancellation)
    {
        using var timeOut = new CancellationTokenSource(SendingMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            return await channel.SendAsync(row.Event, reference, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProviderRefusal(
                ProviderRefusal.Unavailable, $"The channel {row.Channel} took too long: it is tried again later.",
                null);
        }
    }

    // Before the row says so: whoever is killed in between tells it once more, never not at all.
    private Task GiveUpAsync(OutboxRow row, string? reason, CancellationToken cancellation) => book.RaiseOnceAsync(
        Alert.AlertUndelivered, row.Channel,
        $"The channel {row.Channel} was given up for {row.Event.Id()}: {reason} Mend it and run 'tokenledger alerts "
        + "send --failed'.",
        cancellation);

    private static string? ReferenceOf(List<OutboxRow> rows) => rows
        .Where(row => row.Reference is not null)
        .MaxBy(row => row.SentAt)?.Reference;

    private static TellOutcome Counted(TellOutcome outcome, OutboxRow row) => row.State switch
    {
        OutboxState.Sent => outcome with { Sent = outcome.Sent + 1 },
        OutboxState.Failed => outcome with { Failed = outcome.Failed + 1 },
        OutboxState.Suppressed => outcome with { Suppressed = outcome.Suppressed + 1 },
        _ => outcome with { Refused = outcome.Refused + 1 },
    };
}
