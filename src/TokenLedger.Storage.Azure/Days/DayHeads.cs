using System.Runtime.CompilerServices;
using TokenLedger.Domain.Charges;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Reads and replaces heads of days.</summary>
internal sealed class DayHeads(TableClient table)
{
    public async Task<StoredDay?> FindAsync(BillingAccount account, DateOnly day, CancellationToken cancellation)
    {
        var row = await table.GetAsync(
            HeadRows.Partition(day), HeadRows.Key(account), HeadRows.Columns, cancellation);
        return row.IsDone ? HeadRows.FromRow(row.Value) : null;
    }

    /// <summary>Puts a head in place of the one that was read; null when that is not there any more.</summary>
    public async Task<StoredDay?> TryStoreAsync(StoredDay day, StoredDay? before, CancellationToken cancellation)
    {
        var row = HeadRows.ToRow(day);
        var stored = before is null
            ? await table.InsertAsync(row, cancellation)
            : await table.ReplaceAsync(row, before.ETag, cancellation);
        if (stored.IsDone)
            return day with { ETag = stored.Value };
        if (stored.Outcome is not (StorageOutcome.AlreadyExists or StorageOutcome.ConditionNotMet))
            new RowBatches(table).Demand(stored.Outcome);
        return null;
    }

    /// <summary>Notes that the daily costs of the head that was read are complete.</summary>
    public async Task<bool> TryCompleteAsync(StoredDay day, Guid completer, CancellationToken cancellation)
    {
        var settlement = day.Head.Settlement;
        // Merged into the head: what else it says, unknown fields too, stays.
        var mark = new TableEntity(HeadRows.Partition(settlement.Day), HeadRows.Key(settlement.Account));
        mark["costsrevision"] = day.Head.Revision;
        mark["completer"] = completer.ToString("N");
        return (await table.MergeAsync(mark, day.ETag, cancellation)).IsDone;
    }

    /// <summary>Heads by day, then account.</summary>
    public async IAsyncEnumerable<StoredDay> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = DayKeys.Period(from, to);
        if (account is not null)
            filter = filter.And(TableFilter.Equal("RowKey", HeadRows.Key(account)));
        var query = new TableQuery { Filter = filter, WithETags = true };
        await using var days = new DayGroups(table.QueryAsync(query, HeadRows.Columns, cancellation));
        while (await days.NextAsync() is { } day)
        {
            foreach (var head in day.Rows.Select(HeadRows.FromRow).OrderBy(head => head.Head.Settlement.Account))
                yield return head;
        }
    }
}
