using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Alerts;

/// <summary>Reads what people were told of, and has what was given up sent again.</summary>
public sealed class ReadOutbox(IRecords records, TimeProvider time)
{
    private readonly AlertOutbox outbox = new(records);

    /// <summary>The rows of the last three months, newest first.</summary>
    public async Task<IReadOnlyList<OutboxRow>> ExecuteAsync(CancellationToken cancellation) =>
        await outbox.ReadRecentAsync(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancellation)
            .OrderByDescending(row => row.CreatedAt)
            .ThenBy(row => row.Event.Key, StringComparer.Ordinal)
            .ThenBy(row => row.Channel, StringComparer.Ordinal)
            .ToListAsync(cancellation);

    /// <summary>Makes what was given up due again, with all its tries.</summary>
    /// <returns>How many they are.</returns>
    public async Task<int> ReopenAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var reopened = 0;
        foreach (var row in await ExecuteAsync(cancellation))
        {
            if (row.State != OutboxState.Failed)
                continue;
            var pending = row with { State = OutboxState.Pending, Tries = 0, NextTryAt = now };
            if (await outbox.ReplaceAsync(pending, cancellation) is not null)
                reopened++;
        }

        return reopened;
    }
}
