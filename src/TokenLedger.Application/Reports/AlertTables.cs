using System.Globalization;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Application.Reports;

/// <summary>What somebody must look at, and what people were told, as tables.</summary>
public static class AlertTables
{
    /// <summary>One row an event and channel.</summary>
    public static Table Told(IReadOnlyList<OutboxRow> rows) => new(
        FormattableString.Invariant($"What people are told: {rows.Count}"),
        [
            new("id", "ID"), new("kind", "Kind"), new("channel", "Channel"), new("state", "State"),
            new("title", "What"), new("createdAt", "Since", Priority: 4), new("sentAt", "Sent", Priority: 1),
            new("tries", "Tries", ColumnKind.Count, 5), new("nextTryAt", "Next try", Priority: 3),
            new("reference", "Reference", Priority: 6), new("acknowledgedBy", "Known to", Priority: 7),
            new("note", "Note", Priority: 2),
        ],
        [.. rows.Select(row => (IReadOnlyList<Cell>)
        [
            row.Event.Id(), AlertEventKindName.Of(row.Event.Kind), row.Channel, OutboxTable.NameOf(row.State),
            row.Event.Title, Time(row.CreatedAt), Time(row.SentAt), (long?)row.Tries, Time(row.NextTryAt),
            row.Reference, row.AcknowledgedBy, row.Note,
        ])]);

    /// <summary>One row a kind and subject of what the service itself complains of.</summary>
    public static Table Operational(IReadOnlyList<Alert> alerts) => new(
        FormattableString.Invariant($"What somebody must look at: {alerts.Count}"),
        [
            new("kind", "Kind"), new("subject", "Subject"), new("state", "State"), new("message", "What"),
            new("firstAt", "First", Priority: 3), new("lastAt", "Last", Priority: 1),
            new("count", "Count", ColumnKind.Count, 2),
        ],
        [.. alerts.Select(alert => (IReadOnlyList<Cell>)
        [
            alert.Kind, alert.Subject, alert.IsOpen ? "open" : "closed", alert.Message, Time(alert.FirstAt),
            Time(alert.LastAt), (long?)alert.Count,
        ])]);

    /// <summary>What sending came to, one row.</summary>
    public static Table Sending(TellOutcome outcome) => new(
        "Sent",
        [
            new("sent", "Sent", ColumnKind.Count), new("refused", "To be sent again", ColumnKind.Count),
            new("failed", "Given up", ColumnKind.Count), new("suppressed", "Not told", ColumnKind.Count),
            new("groupsLeft", "Left to the next time", ColumnKind.Count),
        ],
        [
            [
                (long?)outcome.Sent, (long?)outcome.Refused, (long?)outcome.Failed, (long?)outcome.Suppressed,
                (long?)outcome.GroupsLeft,
            ],
        ]);

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
