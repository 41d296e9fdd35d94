using System.Runtime.CompilerServices;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Reconciled days in Azure tables.</summary>
public sealed class AzureDayLedger : IDayLedger
{
    private readonly DayTables tables;
    private readonly DayHeads heads;
    private readonly DayRevisions revisions;

    internal AzureDayLedger(DayTables tables)
    {
        this.tables = tables;
        heads = new DayHeads(tables.Settlements);
        revisions = new DayRevisions(tables.Revisions, heads);
    }

    /// <inheritdoc/>
    public async Task<DayHead?> FindAsync(BillingAccount account, DateOnly day, CancellationToken cancellation) =>
        (await heads.FindAsync(account, day, cancellation))?.Head;

    /// <inheritdoc/>
    public Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation) =>
        new DayWriter(tables).StoreAsync(day, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<DayHead> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var read = new List<StoredDay>();
        var isDay = account is null && to == from.AddDays(1);
        await foreach (var stored in heads.ReadAsync(account, from, to, cancellation))
        {
            if (isDay)
                read.Add(stored);
            yield return stored.Head;
        }

        if (isDay)
            tables.Remembered.Set(from, new RememberedDay(read));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DayHead> ReadRevisionsAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        revisions.ReadAsync(account, from, to, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShareRow> ReadSharesAsync(
        DayHead revision, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await revisions.FindAsync(revision, cancellation) is not { } stored)
            yield break;
        await foreach (var row in tables.Shares.QueryAsync(RowsOf(stored), ShareRows.Columns, cancellation))
            yield return ShareRows.FromRow(row);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        DayHead revision, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await revisions.FindAsync(revision, cancellation) is not { } stored)
            yield break;
        await foreach (var row in tables.Unallocated.QueryAsync(RowsOf(stored), UnallocatedRows.Columns, cancellation))
            yield return UnallocatedRows.FromRow(row);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShareRow> ReadSharesAsync(
        BillingAccount account, DateOnly day, (string Host, long RunId)? run,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await heads.FindAsync(account, day, cancellation) is not { } head)
            yield break;
        var filter = Generation.Rows(DayKeys.Partition(account, day), head.Generation);
        if (run is var (host, runId))
            filter = filter.And(TableFilter.Equal("host", host)).And(TableFilter.Equal("runid", runId));
        var rows = tables.Shares.QueryAsync(new TableQuery { Filter = filter }, ShareRows.Columns, cancellation);
        await foreach (var row in rows)
            yield return ShareRows.FromRow(row);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        BillingAccount account, DateOnly day, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await heads.FindAsync(account, day, cancellation) is not { } head)
            yield break;
        var query = new TableQuery { Filter = Generation.Rows(DayKeys.Partition(account, day), head.Generation) };
        await foreach (var row in tables.Unallocated.QueryAsync(query, UnallocatedRows.Columns, cancellation))
            yield return UnallocatedRows.FromRow(row);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DailyCostRow> ReadDailyCostsAsync(
        DateOnly from, DateOnly to, CancellationToken cancellation) =>
        new DailyCostReader(tables.DailyCosts, heads).ReadAsync(from, to, cancellation);

    private static TableQuery RowsOf(StoredDay stored) => new()
    {
        Filter = Generation.Rows(
            DayKeys.Partition(stored.Head.Settlement.Account, stored.Head.Settlement.Day), stored.Generation),
    };
}
