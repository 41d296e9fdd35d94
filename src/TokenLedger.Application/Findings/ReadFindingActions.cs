using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Findings;

/// <summary>The journal of actions that findings led to.</summary>
public sealed class ReadFindingActions(IRecords records)
{
    /// <summary>All actions, the newest first.</summary>
    public async Task<IReadOnlyList<FindingAction>> ExecuteAsync(CancellationToken cancellation) =>
    [
        .. (await records
            .ReadPartitionAsync(FindingTables.Actions, FindingActionRow.Partition, cancellation)
            .Select(stored => FindingActionRow.Read(stored.Row))
            .ToListAsync(cancellation))
            .OrderByDescending(action => action.IntentAt)
            .ThenBy(action => action.Id, StringComparer.Ordinal),
    ];

    /// <summary>The actions that the beginning of an id names; two at most, and two are no knowledge.</summary>
    public async Task<IReadOnlyList<FindingAction>> FindAsync(string id, CancellationToken cancellation) =>
        [.. (await ExecuteAsync(cancellation)).Where(action => FindingId.Names(id, action.Id)).Take(2)];
}
