using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>The budgets as they were last evaluated.</summary>
public interface IBudgetStatuses
{
    /// <summary>How a budget stands in the period that a time lies in; null when it was not evaluated in it.</summary>
    /// <param name="budget">The budget as it is configured now; a status of another definition is none.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<BudgetStatus?> FindAsync(Budget budget, DateTimeOffset now, CancellationToken cancellation);
}
