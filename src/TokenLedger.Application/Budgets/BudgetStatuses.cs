using TokenLedger.Application.Ports;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>The statuses that <see cref="EvaluateBudgets"/> stored.</summary>
public sealed class BudgetStatuses(IRecords records) : IBudgetStatuses
{
    /// <inheritdoc/>
    public async Task<BudgetStatus?> FindAsync(Budget budget, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (BudgetPeriods.Of(budget, DateOnly.FromDateTime(now.UtcDateTime)) is not { } period)
            return null;
        var stored = await records.FindAsync(
            BudgetTables.Statuses, BudgetKeys.Month(period.From), BudgetKeys.OfStatus(budget.Key, period.From),
            cancellation);
        return stored is null ? null : BudgetStatusRow.Read(stored.Row, budget);
    }
}
