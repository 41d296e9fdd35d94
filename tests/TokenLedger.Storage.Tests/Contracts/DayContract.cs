using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>What the contracts of days share: how a stored day is told from another.</summary>
public abstract class DayContract(IStorageUnderTest storage) : StorageContract(storage)
{
    protected static async Task AssertStoredAsync(IDayLedger days, ReconciledDay expected, long revision)
    {
        var (account, day) = (expected.Settlement.Account, expected.Settlement.Day);
        var head = await days.FindAsync(account, day, Token);
        Assert.Equal(HeadOf(expected, revision), head);
        Assert.Equal([head!], await days.ReadAsync(account, day, day.AddDays(1), Token).ToListAsync(Token));
        Assert.Equal(expected.Shares, await SharesAsync(days, account, day));
        Assert.Equal(expected.Unallocated, await days.ReadUnallocatedAsync(account, day, Token).ToListAsync(Token));
        Assert.Equal(
            expected.DailyCosts,
            (await CostsAsync(days, day, day.AddDays(1))).Where(row => row.Account == account));
    }

    protected static DayHead HeadOf(ReconciledDay day, long revision) => new(
        day.Settlement, revision, day.InputHash, day.ReconciledAt, day.Totals)
    {
        Change = day.Change,
    };

    protected static async Task<List<DayHead>> RevisionsAsync(
        IDayLedger days, BillingAccount? account, DateOnly from, DateOnly to) =>
        await days.ReadRevisionsAsync(account, from, to, Token).ToListAsync(Token);

    protected static async Task<List<ShareRow>> SharesAsync(IDayLedger days, BillingAccount account, DateOnly day) =>
        await days.ReadSharesAsync(account, day, null, Token).ToListAsync(Token);

    protected static async Task<List<DailyCostRow>> CostsAsync(IDayLedger days, DateOnly from, DateOnly to) =>
        await days.ReadDailyCostsAsync(from, to, Token).ToListAsync(Token);
}
