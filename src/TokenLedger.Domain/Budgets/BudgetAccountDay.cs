namespace TokenLedger.Domain.Budgets;

/// <summary>What one account's bill of a day says to a budget, beside its runs.</summary>
/// <param name="AccountKey">The account's key.</param>
/// <param name="HasBill">Whether a bill is there: a final one, or one that shows money.</param>
/// <param name="HasUsage">Whether runs of the budget used something that the account pays for.</param>
/// <param name="SettledNanoCredits">What no run answers for, by a final bill; negative for refunds.</param>
/// <param name="ProvisionalNanoCredits">What no run answers for, by a bill that may still change.</param>
public sealed record BudgetAccountDay(
    string AccountKey, bool HasBill, bool HasUsage, long SettledNanoCredits, long ProvisionalNanoCredits)
{
    /// <summary>What no run answers for.</summary>
    public long RestNanoCredits => checked(SettledNanoCredits + ProvisionalNanoCredits);
}
