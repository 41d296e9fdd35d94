namespace TokenLedger.Domain.Budgets;

/// <summary>What happens when a budget is used up.</summary>
public enum BudgetEnforcement
{
    /// <summary>It is told.</summary>
    Soft,

    /// <summary>It is told, and headroom is denied.</summary>
    Hard,
}
