using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Worlds.Tests.Broken;

/// <summary>Reconciled days that are changed as they are stored or read.</summary>
internal sealed class BrokenDays(IDayLedger days) : IDayLedger
{
    public Func<ReconciledDay, ReconciledDay> Storing { get; init; } = day => day;

    public Func<DayHead, DayHead> Reading { get; init; } = head => head;

    public Task<DayHead?> FindAsync(BillingAccount account, DateOnly day, CancellationToken cancellation) =>
        days.FindAsync(account, day, cancellation);

    public Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation) =>
        days.StoreAsync(Storing(day), cancellation);

    public IAsyncEnumerable<DayHead> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        days.ReadAsync(account, from, to, cancellation).Select(Reading);

    public IAsyncEnumerable<DayHead> ReadRevisionsAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        days.ReadRevisionsAsync(account, from, to, cancellation).Select(Reading);

    public IAsyncEnumerable<ShareRow> ReadSharesAsync(DayHead revision, CancellationToken cancellation) =>
        days.ReadSharesAsync(revision, cancellation);

    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(DayHead revision, CancellationToken cancellation) =>
        days.ReadUnallocatedAsync(revision, cancellation);

    public IAsyncEnumerable<ShareRow> ReadSharesAsync(
        BillingAccount account, DateOnly day, (string Host, long RunId)? run, CancellationToken cancellation) =>
        days.ReadSharesAsync(account, day, run, cancellation);

    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        BillingAccount account, DateOnly day, CancellationToken cancellation) =>
        days.ReadUnallocatedAsync(account, day, cancellation);

    public IAsyncEnumerable<DailyCostRow> ReadDailyCostsAsync(
        DateOnly from, DateOnly to, CancellationToken cancellation) =>
        days.ReadDailyCostsAsync(from, to, cancellation);
}
