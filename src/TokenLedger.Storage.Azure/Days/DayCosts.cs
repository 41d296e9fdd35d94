using Azure;
using TokenLedger.Application.Days;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Replaces the daily costs of an account's day, in one batch where they fit into one.</summary>
internal sealed class DayCosts(TableClient table)
{
    private static readonly TableColumns NoColumns = [];

    private readonly RowBatches rows = new(table);

    /// <summary>Writes the costs of a revision and deletes those of earlier ones.</summary>
    /// <param name="day">The day.</param>
    /// <param name="revision">Its revision.</param>
    /// <param name="before">The head that this one replaced, where it is known.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task ReplaceAsync(
        ReconciledDay day, long revision, StoredDay? before, CancellationToken cancellation)
    {
        var partition = DayKeys.Partition(day.Settlement.Account, day.Settlement.Day);
        var stale = KnownKeys(revision, before) ?? await EarlierKeysAsync(partition, revision, cancellation);
        var batches = RowBatches.Split(DailyCostRows.ToRows(day, revision)).ToList();
        if (batches.Count <= 1 && day.DailyCosts.Count + stale.Count <= TableLimits.BatchOperationsMax)
        {
            var batch = batches.FirstOrDefault() ?? new TableBatch(partition);
            foreach (var key in stale)
                batch.Delete(key, ETag.All);
            if ((await table.SubmitAsync(batch, cancellation)).Outcome == StorageOutcome.Done)
                return;
        }

        // Too many for one batch, or somebody else has deleted some of them.
        await rows.UpsertAsync(DailyCostRows.ToRows(day, revision), cancellation);
        await rows.DeleteAsync(
            partition, await EarlierKeysAsync(partition, revision, cancellation), cancellation);
    }

    /// <summary>Deletes the costs of a revision that was overtaken.</summary>
    public async Task DeleteAsync(ReconciledDay day, long revision, CancellationToken cancellation)
    {
        var partition = DayKeys.Partition(day.Settlement.Account, day.Settlement.Day);
        var own = TableFilter.Prefix("RowKey", RowText.Narrow(revision) + "|");
        await rows.DeleteAsync(partition, await KeysAsync(own, partition, cancellation), cancellation);
    }

    // Null where others may lie beside them. Costs are written after their head, so before revision 1 there are none.
    private static List<string>? KnownKeys(long revision, StoredDay? before)
    {
        if (revision == 1)
            return [];
        return before is { IsComplete: true, HasOvertaken: false }
            ? [.. Enumerable.Range(0, before.DailyCosts)
                .Select(number => DailyCostRows.Key(before.Head.Revision, number))]
            : null;
    }

    private Task<List<string>> EarlierKeysAsync(string partition, long revision, CancellationToken cancellation) =>
        KeysAsync(TableFilter.Less("RowKey", RowText.Narrow(revision)), partition, cancellation);

    private async Task<List<string>> KeysAsync(
        TableFilter keys, string partition, CancellationToken cancellation)
    {
        var query = new TableQuery { Filter = TableFilter.Partition(partition).And(keys), Select = [] };
        return await table.QueryAsync(query, NoColumns, cancellation)
            .Select(row => row.RowKey)
            .ToListAsync(cancellation);
    }
}
