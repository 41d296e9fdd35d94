using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Alerts;

/// <summary>Notes that somebody knows of an event: what was not sent of it is not sent any more.</summary>
public sealed class AcknowledgeAlert(IRecords records, TimeProvider time)
{
    private readonly AlertOutbox outbox = new(records);

    /// <summary>Acknowledges an event on all channels; who did so first stays.</summary>
    /// <param name="id">The event's id, without case.</param>
    /// <param name="login">Whoever does so.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The rows of the event; empty when there is none of the last three months.</returns>
    public async Task<IReadOnlyList<OutboxRow>> ExecuteAsync(string id, string login, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var rows = await outbox.ReadRecentAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellation)
            .Where(row => string.Equals(row.Event.Id(), id, StringComparison.OrdinalIgnoreCase))
            .ToListAsync(cancellation);
        for (var at = 0; at < rows.Count; at++)
        {
            rows[at] = await outbox.ChangeAsync(
                rows[at], row => Acknowledged(row, login, now), cancellation);
        }

        return rows;
    }

    // One that is being sent may have arrived: whoever sends it says so.
    private static OutboxRow Acknowledged(OutboxRow row, string login, DateTimeOffset now) => row with
    {
        AcknowledgedAt = row.AcknowledgedAt ?? now,
        AcknowledgedBy = row.AcknowledgedBy ?? login,
        State = row.State is OutboxState.Pending or OutboxState.Failed ? OutboxState.Suppressed : row.State,
        NextTryAt = row.State == OutboxState.Sending ? row.NextTryAt : null,
        Note = row.State == OutboxState.Pending ? "acknowledged before it was sent" : row.Note,
    };
}
