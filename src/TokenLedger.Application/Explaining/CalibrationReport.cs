using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>What settled days taught, and what each day has cost as well as it is known.</summary>
/// <param name="Factors">A factor for each model that was used or billed, by account, channel, model.</param>
/// <param name="Days">The days, with how final their bills are, by day, then account.</param>
public sealed record CalibrationReport(
    IReadOnlyList<(BillingAccount Account, Channel Channel, string Model, CalibrationFactor Factor)> Factors,
    IReadOnlyList<(HybridSpend Spend, SettlementStatus Status)> Days);
