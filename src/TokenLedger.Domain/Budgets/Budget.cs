using TokenLedger.Domain.CreditPools;

namespace TokenLedger.Domain.Budgets;

/// <summary>A budget as it is configured.</summary>
public sealed record Budget
{
    /// <summary>Its name: 1 to 100 letters, digits, <c>.</c>, <c>-</c> and <c>_</c>; unique without case.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it stands in keys.</summary>
    public string Key => Name.ToLowerInvariant();

    /// <summary>What it is for.</summary>
    public BudgetScope Scope { get; init; } = new();

    /// <summary>How long it lasts.</summary>
    public required BudgetPeriodKind Period { get; init; }

    /// <summary>Of a rolling budget the days, from 1 to 366; else 0.</summary>
    public int RollingDays { get; init; }

    /// <summary>The credit pool whose cycles are its periods; null for a budget of the calendar.</summary>
    public CreditPool? Pool { get; init; }

    /// <summary>The limit in nano-credits; above 0.</summary>
    public required long LimitNanoCredits { get; init; }

    /// <summary>Whether it was given in US dollars, and is shown so.</summary>
    public bool IsInUsd { get; init; }

    /// <summary>Which money it counts.</summary>
    public BudgetMeasure Measure { get; init; }

    /// <summary>Whose usage it counts.</summary>
    public BudgetInclude Include { get; init; }

    /// <summary>Percentages of the limit at which it warns, ascending, each above 0.</summary>
    public IReadOnlyList<decimal> ThresholdPercents { get; init; } = [50m, 80m, 100m];

    /// <summary>What happens when it is used up.</summary>
    public BudgetEnforcement Enforcement { get; init; }

    /// <summary>
    /// Whether headroom is denied when the accounting is incomplete; else it is allowed with a warning.
    /// </summary>
    public bool FailsClosed { get; init; }
}
