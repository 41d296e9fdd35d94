using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>What the closed days of each account taught about how late its bill is.</summary>
public static class AccountLags
{
    // Three months that have closed, and the one that has not: the newest 60 closed days lie within.
    private const int DaysBack = 130;

    /// <summary>The lags of every account with enough closed days.</summary>
    public static async Task<IReadOnlyDictionary<BillingAccount, LearnedLags>> ReadAsync(
        IDayLedger days, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(days);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var heads = await days.ReadAsync(null, today.AddDays(-DaysBack), today, cancellation)
            .Select(head => head.Settlement)
            .ToListAsync(cancellation);
        return heads
            .GroupBy(day => day.Account)
            .Select(account => (account.Key, Lags: LearnedLags.Of(account)))
            .Where(account => account.Lags is not null)
            .ToDictionary(account => account.Key, account => account.Lags!);
    }
}
