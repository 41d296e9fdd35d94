using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>An account's part of a budget's day, as it is stored.</summary>
internal sealed record StoredAccountDay(
    string Account, bool HasBill, bool HasUsage, long SettledNanoCredits, long ProvisionalNanoCredits)
{
    public static StoredAccountDay Of(BudgetAccountDay day) =>
        new(day.AccountKey, day.HasBill, day.HasUsage, day.SettledNanoCredits, day.ProvisionalNanoCredits);

    public BudgetAccountDay ToAccountDay() =>
        new(Account, HasBill, HasUsage, SettledNanoCredits, ProvisionalNanoCredits);
}
