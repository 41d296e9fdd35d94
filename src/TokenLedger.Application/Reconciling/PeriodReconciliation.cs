using TokenLedger.Domain;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.CreditPools;
using TokenLedger.Domain.IncludedCredits;
using TokenLedger.Domain.PaidPrices;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>The reconciliation of every account and day of a scope.</summary>
public sealed record PeriodReconciliation
{
    /// <summary>Whose runs and bills.</summary>
    public required ReconciliationScope Scope { get; init; }

    /// <summary>The first UTC day, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last UTC day, exclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The hash of everything that decided the result, beside the prices.</summary>
    public required string InputHash { get; init; }

    /// <summary>The hash of the price book.</summary>
    public required string PricesHash { get; init; }

    /// <summary>The runs, in key order.</summary>
    public required IReadOnlyList<PeriodRun> Runs { get; init; }

    /// <summary>The days, ordered by day, then account.</summary>
    public required IReadOnlyList<DayReconciliation> Days { get; init; }

    /// <summary>How final each of them is, in the same order.</summary>
    public required IReadOnlyList<DaySettlement> Settlements { get; init; }

    /// <summary>What each of them was reconciled from, in the same order.</summary>
    public required IReadOnlyList<AccountDay> Inputs { get; init; }

    /// <summary>Usage that no account with a known or configured bill pays for.</summary>
    public required IReadOnlyList<PricedSlice> WithoutAccount { get; init; }

    /// <summary>What final bills of the days tell of estimates.</summary>
    public required IReadOnlyList<CalibrationPoint> CalibrationPoints { get; init; }

    /// <summary>Channels of which a bill is known or configured; usage of others can only be estimated.</summary>
    public required IReadOnlySet<Channel> BilledChannels { get; init; }

    /// <summary>
    /// What the months of the period have used of included credits; empty when neither configured nor spread.
    /// </summary>
    public required IReadOnlyList<IncludedMonth> IncludedMonths { get; init; }

    /// <summary>Where the bill contradicts the price book; none where only recorded days are told.</summary>
    public IReadOnlyList<PriceFinding> PriceFindings { get; init; } = [];

    /// <summary>What is used of credit pools in the cycles that the period touches; empty without any.</summary>
    public IReadOnlyList<(BillingAccount Account, CreditPoolCycle Cycle)> CreditPools { get; init; } = [];

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<Notice> Notices { get; init; }
}
