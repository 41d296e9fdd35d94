using TokenLedger.Application.Ports;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Headroom;

/// <summary>
/// Gives room back of runs whose usage is known. To be called after budgets were evaluated: then it is in their
/// figures. In between it counts twice, which denies too much for a moment and never too little.
/// </summary>
public sealed class ReleaseReservations(
    IRecords records, ILedgerStore store, IReadOnlyList<Budget> budgets, TimeProvider time)
{
    /// <summary>Gives it back.</summary>
    /// <param name="runs">
    /// What <see cref="KnownAsync"/> told before the evaluation began: so none is given back whose usage came in
    /// between.
    /// </param>
    /// <param name="cancellation">Ends between rows.</param>
    /// <returns>How many reservations were given back.</returns>
    public async Task<int> ExecuteAsync(IReadOnlySet<RunKey> runs, CancellationToken cancellation)
    {
        var released = 0;
        foreach (var budget in budgets)
        {
            released += await ReservationRelease.ExecuteAsync(
                records, budget, held => held.Run is { } run && runs.Contains(run), time.GetUtcNow(),
                cancellation);
        }

        return released;
    }

    /// <summary>
    /// The runs that room is held for and whose usage is known. To be read before budgets are evaluated.
    /// </summary>
    public async Task<IReadOnlySet<RunKey>> KnownAsync(CancellationToken cancellation)
    {
        var known = new HashSet<RunKey>();
        foreach (var budget in budgets)
        {
            var held = (await records.ReadPartitionAsync(ReservationTable.Table, budget.Key, cancellation)
                .ToListAsync(cancellation)).SelectMany(ReservationTable.Read).Select(one => one.Run).OfType<RunKey>();
            foreach (var run in held.Where(run => !known.Contains(run)).Distinct().ToList())
            {
                var attempts = await store.ReadRunAsync(run.Host, run.RunId, cancellation);
                if (attempts.Any(attempt => attempt.Facts.Key == run && attempt.HasTelemetry))
                    known.Add(run);
            }
        }

        return known;
    }
}
