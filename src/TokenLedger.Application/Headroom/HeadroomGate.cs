using System.Collections.Concurrent;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Headroom;

namespace TokenLedger.Application.Headroom;

/// <summary>Answers whether runs may start, and holds room for them. Keep one for the life of the program.</summary>
/// <remarks>
/// While one answer of a budget is being written, further questions wait and are decided together with the next write,
/// in the order in which they came: so many questions at once are few writes. Other processes are met by
/// compare-and-set.
/// </remarks>
public sealed class HeadroomGate(
    IBudgetStatuses statuses, IRecords records, IReadOnlyList<Budget> budgets, TimeProvider time)
{
    // Each lost turn means that another process has decided.
    private const int TurnsMax = 50;

    // Questions that are decided in one write.
    private const int BatchMax = 500;

    private readonly ConcurrentDictionary<string, HeadroomLane> lanes = new(StringComparer.Ordinal);

    /// <summary>The answer; null when there is no such budget.</summary>
    /// <param name="name">The budget's name, without case.</param>
    /// <param name="request">The question.</param>
    /// <param name="cancellation">
    /// Ends the waiting; room may then be held, and is found again by the question's run.
    /// </param>
    public async Task<HeadroomAnswer?> AskAsync(
        string name, HeadroomRequest request, CancellationToken cancellation)
    {
        if (Find(name) is not { } budget)
            return null;
        var lane = lanes.GetOrAdd(
            budget.Key, _ => new HeadroomLane(BatchMax, batch => DecideAsync(budget, batch)));
        return await lane.AskAsync(request).WaitAsync(cancellation);
    }

    /// <summary>Gives room back before it is used.</summary>
    /// <returns>Whether it was held; null when there is no such budget.</returns>
    public async Task<bool?> ReleaseAsync(string name, string reservationId, CancellationToken cancellation) =>
        Find(name) is not { } budget ? null
        : await ReservationRelease.ExecuteAsync(
            records, budget, held => string.Equals(held.Id, reservationId, StringComparison.Ordinal),
            time.GetUtcNow(), cancellation) > 0;

    /// <summary>The budget of a name, without case; null when there is none.</summary>
    public Budget? Find(string name) =>
        budgets.FirstOrDefault(budget => string.Equals(budget.Name, name, StringComparison.OrdinalIgnoreCase));

    // Not cancelled with a caller: others wait for the same write.
    private async Task<IReadOnlyList<HeadroomAnswer>> DecideAsync(
        Budget budget, IReadOnlyList<HeadroomRequest> batch)
    {
        BudgetStatus? status = null;
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var now = time.GetUtcNow();
            var rowKey = ReservationTable.RowKeyOf(budget, now);
            var stored = await records.FindAsync(
                ReservationTable.Table, budget.Key, rowKey, CancellationToken.None);
            // After the reservations: what is given back was in the figure before.
            status = await statuses.FindAsync(budget, now, CancellationToken.None);
            var before = ReservationTable.Read(stored);
            var (answers, held) = HeadroomDecision.Decide(budget, status, before, batch, now);
            var isNew = held.Except(before).Any();
            if (!isNew || await records.ReplaceAsync(
                ReservationTable.Row(budget, rowKey, held, now), stored?.Version, CancellationToken.None) is not null)
                return answers;
        }

        return [.. batch.Select(request => HeadroomDecision.Contended(budget, status, request))];
    }
}
