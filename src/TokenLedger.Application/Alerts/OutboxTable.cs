using System.Globalization;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Application.Alerts;

/// <summary>
/// Rows of the table <c>alertoutbox</c>. Partition key: month of the group|group; row key: channel|event, and
/// channel|<c>lease</c> for who is sending.
/// </summary>
public static class OutboxTable
{
    private const string LeaseName = "lease";
    private const int NoteLengthMax = 1_000;

    private static readonly string[] StateNames = ["pending", "sending", "sent", "failed", "suppressed"];

    /// <summary>The table. Rebuilding keeps it, so that nothing is told twice.</summary>
    public static RecordTable Table { get; } = new(
        "alertoutbox",
        [
            new("eventkey", RecordColumnKind.Text), new("eventid", RecordColumnKind.Text),
            new("channel", RecordColumnKind.Text), new("state", RecordColumnKind.Text),
            new("kind", RecordColumnKind.Text), new("severity", RecordColumnKind.Integer),
            new("topic", RecordColumnKind.Text), new("rank", RecordColumnKind.Number),
            new("groupfrom", RecordColumnKind.Day), new("budget", RecordColumnKind.Text),
            new("subject", RecordColumnKind.Text), new("title", RecordColumnKind.Text),
            new("lines", RecordColumnKind.LongText), new("link", RecordColumnKind.Text),
            new("tries", RecordColumnKind.Integer), new("nexttryat", RecordColumnKind.Time),
            new("reference", RecordColumnKind.Text), new("createdat", RecordColumnKind.Time),
            new("sentat", RecordColumnKind.Time), new("acknowledgedat", RecordColumnKind.Time),
            new("acknowledgedby", RecordColumnKind.Text), new("note", RecordColumnKind.Text),
        ])
    {
        IsAuthored = true,
    };

    /// <summary>The name of a state.</summary>
    public static string NameOf(OutboxState state) => StateNames[(int)state];

    internal static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    internal static string PartitionOf(AlertEvent told) => $"{MonthOf(told.GroupFrom)}|{told.Group}";

    internal static RecordRow LeaseOf(string partition, string channel, DateTimeOffset? until) =>
        new RecordRow(Table, partition, $"{channel}|{LeaseName}").Set("nexttryat", until);

    internal static RecordRow RowOf(OutboxRow row)
    {
        var told = row.Event;
        return new RecordRow(Table, PartitionOf(told), $"{row.Channel}|{told.Name}")
            .Set("eventkey", told.Key)
            .Set("eventid", told.Id())
            .Set("channel", row.Channel)
            .Set("state", NameOf(row.State))
            .Set("kind", AlertEventKindName.Of(told.Kind))
            .Set("severity", (long)told.Severity)
            .Set("topic", told.Topic)
            .Set("rank", told.Rank)
            .Set("groupfrom", told.GroupFrom)
            .Set("budget", told.Budget)
            .Set("subject", told.Subject)
            .Set("title", told.Title)
            .Set("lines", string.Join('\n', told.Lines))
            .Set("link", told.Link?.AbsoluteUri)
            .Set("tries", (long)row.Tries)
            .Set("nexttryat", row.NextTryAt)
            .Set("reference", row.Reference)
            .Set("createdat", row.CreatedAt)
            .Set("sentat", row.SentAt)
            .Set("acknowledgedat", row.AcknowledgedAt)
            .Set("acknowledgedby", row.AcknowledgedBy)
            .Set("note", row.Note?.Length > NoteLengthMax ? row.Note[..NoteLengthMax] : row.Note);
    }

    /// <summary>What was stored; null for a lease, and for a row of a form that a later version writes.</summary>
    internal static OutboxRow? Read(StoredRecord stored)
    {
        var row = stored.Row;
        var (group, name) = (row.PartitionKey.Split('|', 2), row.RowKey.Split('|', 2));
        if (group.Length != 2 || name.Length != 2
            || AlertEventKindName.Parse(row.Text("kind")) is not { } kind
            || Array.IndexOf(StateNames, row.Text("state")) is var state && state < 0
            || row.Day("groupfrom") is not { } groupFrom
            || row.Time("createdat") is not { } createdAt)
            return null;
        var told = new AlertEvent
        {
            Group = group[1],
            GroupFrom = groupFrom,
            Name = name[1],
            Topic = row.Text("topic") ?? "",
            Rank = row.Number("rank") ?? 0m,
            Kind = kind,
            Severity = (AlertSeverity)(row.Integer("severity") ?? 0),
            Subject = row.Text("subject") ?? "",
            Title = row.Text("title") ?? "",
            Lines = row.Text("lines") is { Length: > 0 } lines ? lines.Split('\n') : [],
            Link = Uri.TryCreate(row.Text("link"), UriKind.Absolute, out var link) ? link : null,
            Budget = row.Text("budget"),
        };
        return new OutboxRow(told, name[0])
        {
            State = (OutboxState)state,
            Tries = (int)(row.Integer("tries") ?? 0),
            NextTryAt = row.Time("nexttryat"),
            Reference = row.Text("reference"),
            CreatedAt = createdAt,
            SentAt = row.Time("sentat"),
            AcknowledgedAt = row.Time("acknowledgedat"),
            AcknowledgedBy = row.Text("acknowledgedby"),
            Note = row.Text("note"),
            Version = stored.Version,
        };
    }
}
