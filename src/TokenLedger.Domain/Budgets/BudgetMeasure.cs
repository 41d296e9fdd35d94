namespace TokenLedger.Domain.Budgets;

/// <summary>Which money a budget counts.</summary>
public enum BudgetMeasure
{
    /// <summary>Before included credits and discounts.</summary>
    Gross,

    /// <summary>
    /// After them, as billed. What is not billed yet counts gross: nobody knows its net, and a budget must not look
    /// emptier than it is.
    /// </summary>
    Net,
}
