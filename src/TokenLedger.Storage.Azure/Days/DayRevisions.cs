using System.Runtime.CompilerServices;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>
/// Reads every revision of days: the heads that count, and those in <c>revisions</c> that later ones took the place of.
/// </summary>
/// <remarks>
/// A head is kept before it is replaced. Whoever is overtaken or killed in between has kept one that counts still.
/// </remarks>
internal sealed class DayRevisions(TableClient table, DayHeads heads)
{
    /// <summary>The stored day of a revision; null when there is none.</summary>
    public async Task<StoredDay?> FindAsync(DayHead revision, CancellationToken cancellation)
    {
        var (account, day) = (revision.Settlement.Account, revision.Settlement.Day);
        var head = await heads.FindAsync(account, day, cancellation);
        if (head is null || head.Head.Revision == revision.Revision)
            return head;
        var row = await table.GetAsync(
            DayKeys.Partition(account, day), RowText.Narrow(revision.Revision), HeadRows.Columns, cancellation);
        return row.IsDone ? HeadRows.FromRow(row.Value) : null;
    }

    /// <summary>By day, account, then revision; a day in memory.</summary>
    public async IAsyncEnumerable<DayHead> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = DayKeys.Period(from, to);
        if (account is not null)
            filter = filter.And(TableFilter.Equal("accountkey", account.Key));
        await using var replaced = new DayGroups(
            table.QueryAsync(new TableQuery { Filter = filter }, HeadRows.Columns, cancellation));
        ILookup<BillingAccount, DayHead>? ofDay = null;
        DateOnly? day = null;
        await foreach (var head in heads.ReadAsync(account, from, to, cancellation))
        {
            var settlement = head.Head.Settlement;
            if (day != settlement.Day)
            {
                day = settlement.Day;
                ofDay = (await replaced.TakeAsync(settlement.Day))
                    .Select(row => HeadRows.FromRow(row).Head)
                    .ToLookup(kept => kept.Settlement.Account);
            }

            foreach (var kept in ofDay![settlement.Account]
                .Where(kept => kept.Revision < head.Head.Revision)
                .OrderBy(kept => kept.Revision))
                yield return kept;
            yield return head.Head;
        }
    }
}
