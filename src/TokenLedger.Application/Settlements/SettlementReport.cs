using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>How final the days of a period are, and how late bills have been.</summary>
/// <param name="Days">By day, then account.</param>
/// <param name="Lags">Of each account among the days; null with too few closed days to tell.</param>
public sealed record SettlementReport(
    IReadOnlyList<SettledDay> Days, IReadOnlyList<(BillingAccount Account, LearnedLags? Lags)> Lags);
