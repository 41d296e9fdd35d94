using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Budgets;

/// <summary>A reconciled day, as budgets read it.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Accounts">
/// Its accounts; how final their bills are is taken from the recorded heads, so that the same heads tell the same.
/// </param>
/// <param name="WithoutAccount">Usage that no account pays for.</param>
internal sealed record SpentDay(
    DateOnly Day,
    IReadOnlyList<(AccountDay Input, DayReconciliation Result, DaySettlement Settlement)> Accounts,
    IReadOnlyList<PricedSlice> WithoutAccount);
