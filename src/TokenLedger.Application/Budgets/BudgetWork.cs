using TokenLedger.Application.Reconciling;

namespace TokenLedger.Application.Budgets;

/// <summary>The evaluation of budgets, where there is anything to evaluate.</summary>
/// <param name="days">Collects days, so that a burst of changes is one message.</param>
/// <param name="isNeeded">Whether anybody needs an evaluation.</param>
/// <param name="evaluate">Who evaluates; null when nobody does, and a message is done unseen.</param>
public sealed class BudgetWork(DayQueue days, Func<bool> isNeeded, IEvaluateBudgets? evaluate)
{
    /// <summary>How long changes of a day are collected: days are reconciled in crowds.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(60);

    /// <summary>Queues a day that was reconciled.</summary>
    /// <remarks>Also when nothing of it was stored: usage that no bill pays for is stored nowhere.</remarks>
    public Task AddAsync(DateOnly day, CancellationToken cancellation) =>
        isNeeded() ? days.AddAsync(day, cancellation) : Task.CompletedTask;

    /// <summary>Evaluates the budgets of now, and the periods of days that changed.</summary>
    /// <returns>False when nobody needs or does it.</returns>
    public async Task<bool> EvaluateAsync(IReadOnlyList<DateOnly> changed, CancellationToken cancellation)
    {
        if (evaluate is null || !isNeeded())
            return false;
        await evaluate.ExecuteAsync(changed, cancellation);
        return true;
    }
}
