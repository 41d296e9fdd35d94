namespace TokenLedger.Domain.Budgets;

/// <summary>Whose usage a budget counts.</summary>
public enum BudgetInclude
{
    /// <summary>Known runs alone.</summary>
    Runs,

    /// <summary>
    /// What no run answers for too; on days whose bill is not there yet it is expected to be its 28-day median.
    /// </summary>
    All,
}
