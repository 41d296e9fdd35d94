namespace TokenLedger.Application.Alerts;

/// <summary>Decides what is told next, and how long to wait after a refusal.</summary>
internal static class OutboxPlan
{
    /// <summary>Some 32 hours, with the waits between them.</summary>
    public const int TriesMax = 14;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    /// <summary>The next step; null when nothing is due. Whatever it says, the row is not due afterwards.</summary>
    /// <param name="rows">All rows of one group on one channel.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cooldown">How long the group is left alone after it was told of.</param>
    public static OutboxStep? Next(IReadOnlyList<OutboxRow> rows, DateTimeOffset now, TimeSpan cooldown)
    {
        var row = rows
            .Where(row => row.IsOpen && row.NextTryAt <= now)
            .OrderByDescending(row => row.Event.Severity)
            .ThenByDescending(row => row.Event.Rank)
            .ThenBy(row => row.CreatedAt)
            .ThenBy(row => row.Event.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (row is null)
            return null;
        if (row.AcknowledgedAt is not null)
            return new OutboxStep(OutboxAction.Suppress, row) { Note = "acknowledged before it was sent" };
        if (HigherThan(row, rows) is { } higher)
            return new OutboxStep(OutboxAction.Suppress, row) { Note = $"told by {higher.Event.Name}" };
        if (row.Tries >= TriesMax)
            return new OutboxStep(OutboxAction.GiveUp, row) { Note = row.Note ?? "interrupted each time it was sent" };
        return HeldUntil(row, rows, cooldown) is { } until && until > now
            ? new OutboxStep(OutboxAction.Hold, row) { Until = until, Note = "the group was told of a moment ago" }
            : new OutboxStep(OutboxAction.Send, row);
    }

    /// <summary>Whether a row of a higher step makes an event of its topic needless.</summary>
    public static OutboxRow? HigherThan(OutboxRow row, IEnumerable<OutboxRow> rows) => rows
        .Where(other => other.State is not (OutboxState.Failed or OutboxState.Suppressed)
            || other.AcknowledgedAt is not null)
        .Where(other => string.Equals(other.Event.Topic, row.Event.Topic, StringComparison.Ordinal)
            && other.Event.Rank > row.Event.Rank)
        .MaxBy(other => other.Event.Rank);

    /// <summary>How long to wait after so many tries.</summary>
    public static TimeSpan WaitAfter(int tries, TimeSpan? asked)
    {
        // 1 minute, 2, 4, … : the shift is bounded, so that nothing overflows.
        var wait = FirstWait * (1L << Math.Clamp(tries - 1, 0, 20));
        if (wait > LongestWait)
            wait = LongestWait;
        return asked > wait ? asked.Value : wait;
    }

    private static DateTimeOffset? HeldUntil(OutboxRow row, IReadOnlyList<OutboxRow> rows, TimeSpan cooldown) =>
        row.Event.Severity == Domain.Alerting.AlertSeverity.Critical
            ? null
            : rows.Max(other => other.SentAt) is { } last ? last + cooldown : null;
}
