using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>What a budget has spent on one UTC day, as well as it is known. In the budget's measure.</summary>
public sealed record BudgetDay
{
    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What runs spent by final bills.</summary>
    public long SettledNanoCredits { get; init; }

    /// <summary>What runs spent by bills that may still change.</summary>
    public CalibratedAmount Provisional { get; init; }

    /// <summary>What runs spent by calibrated estimates.</summary>
    public CalibratedAmount Estimated { get; init; }

    /// <summary>The accounts with a bill or usage on the day, in order of their keys.</summary>
    public IReadOnlyList<BudgetAccountDay> Accounts { get; init; } = [];

    /// <summary>Requests without a price that no final bill answers for.</summary>
    public long UnpricedRequests { get; init; }

    /// <summary>Runs without telemetry that no final bill answers for.</summary>
    public int RunsWithoutTelemetry { get; init; }

    /// <summary>Why the day's figure may be too small: codes of <see cref="BudgetIncompleteness"/>, ordinal.</summary>
    public IReadOnlyList<string> IncompleteReasons { get; init; } = [];

    /// <summary>Whether the ledger knows anything of the day.</summary>
    public bool IsKnown => Accounts.Count > 0 || SettledNanoCredits != 0 || Provisional != default
        || Estimated != default || IncompleteReasons.Count > 0;
}
