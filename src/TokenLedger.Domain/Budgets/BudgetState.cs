namespace TokenLedger.Domain.Budgets;

/// <summary>How a budget stands.</summary>
public enum BudgetState
{
    /// <summary>No threshold is reached.</summary>
    Ok,

    /// <summary>A threshold below the limit is reached.</summary>
    Warning,

    /// <summary>The limit is reached.</summary>
    Exceeded,
}
