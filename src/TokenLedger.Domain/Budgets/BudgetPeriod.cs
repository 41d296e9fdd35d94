namespace TokenLedger.Domain.Budgets;

/// <summary>A budget's period.</summary>
/// <param name="From">The first UTC day, inclusive.</param>
/// <param name="To">The last UTC day, exclusive; after the first.</param>
public readonly record struct BudgetPeriod(DateOnly From, DateOnly To)
{
    /// <summary>Its length.</summary>
    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>Whether a day lies in it.</summary>
    public bool Has(DateOnly day) => day >= From && day < To;
}
