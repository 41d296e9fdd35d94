namespace TokenLedger.Domain.Budgets;

/// <summary>How long a budget lasts. UTC.</summary>
public enum BudgetPeriodKind
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week from Monday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>So many days up to and including today.</summary>
    Rolling,

    /// <summary>A cycle of the budget's credit pool.</summary>
    Cycle,
}
