namespace TokenLedger.Application.Messages;

/// <summary>Evaluate the budgets of the periods that a UTC day lies in.</summary>
/// <param name="Day">The UTC day whose usage or bill has changed.</param>
public sealed record EvaluateBudgetsMessage(DateOnly Day) : LedgerMessage
{
    /// <inheritdoc/>
    public override string QueueName => QueueNames.EvaluateBudgets;
}
