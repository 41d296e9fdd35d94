using System.Collections.Immutable;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>What the last months' recorded days tell of how late bills are, and which have settled.</summary>
public sealed class RecordedSettlements
{
    /// <summary>Nothing is recorded, or nothing of it matters.</summary>
    public static readonly RecordedSettlements None = new([]);

    // Three months that have closed, and the one that has not: the newest 60 closed days lie within.
    private const int DaysBack = 130;

    private readonly ImmutableDictionary<BillingAccount, LearnedLags> lags;
    private readonly HashSet<(BillingAccount, DateOnly)> settled;

    private RecordedSettlements(IReadOnlyList<DayHead> heads)
    {
        lags = heads
            .GroupBy(head => head.Settlement.Account)
            .Select(account => (account.Key, Lags: LearnedLags.Of(account.Select(head => head.Settlement))))
            .Where(account => account.Lags is not null)
            .ToImmutableDictionary(account => account.Key, account => account.Lags!);
        settled =
        [
            .. heads.Where(head => head.Change.SettledAt is not null)
                .Select(head => (head.Settlement.Account, head.Settlement.Day)),
        ];
    }

    /// <summary>Reads what matters at a time.</summary>
    public static async Task<RecordedSettlements> ReadAsync(
        IDayLedger days, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(days);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new RecordedSettlements(
            await days.ReadAsync(null, today.AddDays(-DaysBack), today, cancellation).ToListAsync(cancellation));
    }

    /// <summary>How late an account's bill is; null with too few closed days to tell.</summary>
    public LearnedLags? LagsOf(BillingAccount account) => lags.GetValueOrDefault(account);

    /// <summary>
    /// What puts off the settling of a day: nothing of one that has settled before, so that learning takes none back.
    /// </summary>
    internal LearnedLags? LagsOf(BillingAccount account, DateOnly day) =>
        settled.Contains((account, day)) ? null : LagsOf(account);
}
