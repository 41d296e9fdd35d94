using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Alerting;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Application.Alerts;

/// <summary>Tells people what budgets and findings say: into the outbox first, then by the channels.</summary>
public sealed class TellAlerts
{
    private readonly AlertOutbox outbox;
    private readonly IReadOnlyList<IAlertChannel> channels;
    private readonly AlertsConfiguration configuration;
    private readonly SendAlerts send;
    private readonly TimeProvider time;

    /// <param name="records">Where the outbox is.</param>
    /// <param name="channels">The channels; their names are unique.</param>
    /// <param name="configuration">What is told.</param>
    /// <param name="send">Sends what is due.</param>
    /// <param name="time">The clock.</param>
    public TellAlerts(
        IRecords records, IReadOnlyList<IAlertChannel> channels, AlertsConfiguration configuration, SendAlerts send,
        TimeProvider time)
    {
        outbox = new AlertOutbox(records);
        this.channels = channels;
        this.configuration = configuration;
        this.send = send;
        this.time = time;
    }

    /// <summary>Records what is new, then sends what is due. The same again tells nothing.</summary>
    /// <param name="statuses">How budgets stand, in any order; old ones do no harm.</param>
    /// <param name="findings">The findings, in any order.</param>
    /// <param name="cancellation">Ends it; what is recorded is sent the next time.</param>
    public async Task<TellOutcome> ExecuteAsync(
        IReadOnlyList<BudgetStatus> statuses, IReadOnlyList<Finding> findings, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        IEnumerable<AlertEvent> events =
        [
            .. statuses.SelectMany(status => BudgetAlerts.Of(status, today)),
            .. FindingAlerts.Of(findings, configuration.FindingsAtLeastNanoCredits, today, AlertIdentity.DigestOf),
        ];
        var recorded = 0;
        foreach (var group in events.GroupBy(OutboxTable.PartitionOf, StringComparer.Ordinal))
            recorded += await RecordAsync(group.Key, [.. group], cancellation);
        var outcome = await send.ExecuteAsync(cancellation);
        return outcome with { New = recorded };
    }

    private async Task<int> RecordAsync(
        string partition, List<AlertEvent> events, CancellationToken cancellation)
    {
        var wanted = channels
            .SelectMany(channel => events.Where(channel.Configuration.Takes)
                .Select(told => (Channel: channel.Configuration.Name, Event: told)))
            // Of a ladder the highest first: lower steps then need no row.
            .OrderByDescending(pair => pair.Event.Rank)
            .ToList();
        if (wanted.Count == 0)
            return 0;
        var known = await outbox.ReadGroupAsync(partition, cancellation);
        var recorded = 0;
        foreach (var (channel, told) in wanted)
        {
            var now = time.GetUtcNow();
            var row = new OutboxRow(told, channel) { CreatedAt = now, NextTryAt = now };
            var ofChannel = known.Where(other => string.Equals(other.Channel, channel, StringComparison.Ordinal));
            if (ofChannel.Any(other => string.Equals(other.Event.Name, told.Name, StringComparison.Ordinal))
                || OutboxPlan.HigherThan(row, ofChannel) is not null)
                continue;
            // Null: another process has recorded it just now.
            if (await outbox.ReplaceAsync(row, cancellation) is not { } stored)
                continue;
            known.Add(stored);
            recorded++;
        }

        return recorded;
    }
}
