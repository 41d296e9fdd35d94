using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>How final days are: by policy, what closed days taught, and whether the bill is asked for.</summary>
/// <param name="configuration">Tells which bills are asked for.</param>
/// <param name="recorded">What was recorded of days before.</param>
internal sealed class SettlementRules(LedgerConfiguration configuration, RecordedSettlements recorded)
{
    /// <summary>The settlement of a day.</summary>
    public DaySettlement Classify(
        BillingAccount account, DateOnly day, IReadOnlyCollection<Observation> looks, bool hasUsage,
        DateTimeOffset now) => SettlementClassifier.Classify(
        account, day, looks, hasUsage, IsPolled(account), recorded.LagsOf(account, day), now);

    /// <summary>Whether an account's bill is asked for.</summary>
    public bool IsPolled(BillingAccount account) =>
        configuration.Sources.Any(source => source.IsPolled && source.Account == account);
}
