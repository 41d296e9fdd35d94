namespace TokenLedger.Application.Budgets;

/// <summary>Tells how budgets stand, and keeps it.</summary>
/// <remarks>
/// May be called twice, late and at once: it ends in the same rows, and writes nothing where nothing is new.
/// </remarks>
public interface IEvaluateBudgets
{
    /// <summary>Evaluates the budgets of now, and the periods of days that changed.</summary>
    /// <param name="days">The UTC days that changed; none when only time has passed.</param>
    /// <param name="cancellation">Ends the evaluation; what was stored stays.</param>
    Task ExecuteAsync(IReadOnlyList<DateOnly> days, CancellationToken cancellation);
}
