using System.Runtime.CompilerServices;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Runs;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Bills;

/// <summary>Reads looks at bills with their charges: two key ranges, walked side by side, a day in memory.</summary>
internal sealed class ObservationReader(TableClient observations, TableClient charges)
{
    public async IAsyncEnumerable<Observation> ReadAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new TableQuery { Filter = FilterOf(account, from, to) };
        await using var charged = new DayGroups(charges.QueryAsync(query, ChargeRows.Columns, cancellation));
        await using var looks = new DayGroups(observations.QueryAsync(query, ObservationRows.Columns, cancellation));
        while (await looks.NextAsync() is { } day)
        {
            var rowsOf = (await charged.TakeAsync(day.Day)).ToLookup(row => row.PartitionKey, StringComparer.Ordinal);
            var inOrder = day.Rows
                .OrderBy(row => row.KnownText("accountkey"), StringComparer.Ordinal)
                .ThenBy(row => row.KnownEnum<BillView>("view"))
                .ThenBy(row => row.KnownText("filter"), StringComparer.Ordinal)
                .ThenBy(row => row.KnownText("observedat"), StringComparer.Ordinal);
            foreach (var row in inOrder)
                yield return await OfAsync(row, rowsOf, cancellation);
        }
    }

    private static TableFilter? FilterOf(BillingAccount? account, DateOnly? from, DateOnly? to)
    {
        var period = RunKeys.Period(from, to);
        if (account is null)
            return period;
        var own = TableFilter.Equal("accountkey", account.Key);
        return period is null ? own : period.And(own);
    }

    private async Task<Observation> OfAsync(
        TableEntity look, ILookup<string, TableEntity> rowsOf, CancellationToken cancellation)
    {
        var partition = ObservationRows.ChargePartition(
            look.KnownDay("day"), look.KnownText("accountkey"), look.RowKey);
        var rows = rowsOf[partition].ToList();
        if (rows.Count != look.KnownInt32("charges"))
        {
            // The look came while the walk went on, after its charges' page was read.
            var query = new TableQuery { Filter = TableFilter.Partition(partition) };
            rows = await charges.QueryAsync(query, ChargeRows.Columns, cancellation).ToListAsync(cancellation);
        }

        if (rows.Count != look.KnownInt32("charges"))
            throw new LedgerUnusableException(
                $"Charges of {look.KnownText("rawfile")} are missing: import the file into an empty ledger again.");
        var (account, view) = (ObservationRows.AccountFromRow(look), look.KnownEnum<BillView>("view"));
        return ObservationRows.FromRow(look, rows.ConvertAll(row => ChargeRows.FromRow(row, account, view)));
    }
}
