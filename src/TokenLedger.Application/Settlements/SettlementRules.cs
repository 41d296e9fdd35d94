using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>How final days are: by policy, what closed days taught, and whether the bill is asked for.</summary>
/// <param name="configuration">Tells which bills are asked for.</param>
/// <param name="lags">What closed days taught, by account.</param>
internal sealed class SettlementRules(
    LedgerConfiguration configuration, IReadOnlyDictionary<BillingAccount, LearnedLags> lags)
{
    /// <summary>Whether a day is so old that it may have settled: only then what closed days taught matters.</summary>
    public static bool MayHaveSettled(DateOnly day, DateTimeOffset now) =>
        now - new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) >= TimeSpan.FromDays(2);

    /// <summary>The settlement of a day.</summary>
    public DaySettlement Classify(
        BillingAccount account, DateOnly day, IReadOnlyCollection<Observation> looks, bool hasUsage,
        DateTimeOffset now) => SettlementClassifier.Classify(
        account, day, looks, hasUsage, IsPolled(account),
        SettlementPolicy.Of(account.Source).Learned(lags.GetValueOrDefault(account)), now);

    private bool IsPolled(BillingAccount account) =>
        configuration.Sources.Any(source => source.Token is not null && source.Account == account);
}
