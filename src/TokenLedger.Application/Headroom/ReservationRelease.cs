using TokenLedger.Application.Ports;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Headroom;

namespace TokenLedger.Application.Headroom;

/// <summary>Takes reservations out of all periods of a budget.</summary>
internal static class ReservationRelease
{
    // Each lost turn means that another process has decided.
    private const int TurnsMax = 50;

    /// <summary>Takes out those that a condition names, and with them those that are over.</summary>
    /// <returns>How many the condition named.</returns>
    public static async Task<int> ExecuteAsync(
        IRecords records, Budget budget, Predicate<Reservation> isReleased, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var released = 0;
        var rows = await records.ReadPartitionAsync(ReservationTable.Table, budget.Key, cancellation)
            .Select(stored => stored.Row.RowKey)
            .ToListAsync(cancellation);
        foreach (var rowKey in rows)
        {
            for (var turn = 0; turn < TurnsMax; turn++)
            {
                var stored = await records.FindAsync(ReservationTable.Table, budget.Key, rowKey, cancellation);
                var before = ReservationTable.Read(stored);
                var named = before.Count(held => isReleased(held));
                if (named == 0 || await records.ReplaceAsync(
                    ReservationTable.Row(
                        budget, rowKey, [.. before.Where(held => !isReleased(held) && held.IsInForce(now))], now),
                    stored!.Version, cancellation) is not null)
                {
                    released += named;
                    break;
                }
            }
        }

        return released;
    }
}
