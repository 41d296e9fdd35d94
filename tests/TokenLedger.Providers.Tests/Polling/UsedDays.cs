using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Providers.Tests.Polling;

/// <summary>Reconciled days of which nothing is told but that runs used something.</summary>
internal sealed class UsedDays : IDayLedger
{
    public List<(BillingAccount Account, DateOnly Day)> Days { get; } = [];

    public IAsyncEnumerable<DayHead> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation) => Days
        .Where(used => (account is null || used.Account == account) && used.Day >= from && used.Day < to)
        .Select(used => new DayHead(
            new DaySettlement(used.Account, used.Day, SettlementStatus.Estimated, 0, null, null), 1, "hash", default,
            new DayTotals(1, null, null, null, null, Runs: 1, UnpricedRequests: 0)))
        .ToAsyncEnumerable();

    public Task<DayHead?> FindAsync(BillingAccount account, DateOnly day, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<DayHead> ReadRevisionsAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<ShareRow> ReadSharesAsync(DayHead revision, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(DayHead revision, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<ShareRow> ReadSharesAsync(
        BillingAccount account, DateOnly day, (string Host, long RunId)? run, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        BillingAccount account, DateOnly day, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<DailyCostRow> ReadDailyCostsAsync(
        DateOnly from, DateOnly to, CancellationToken cancellation) => throw new NotSupportedException();
}
