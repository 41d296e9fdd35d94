namespace TokenLedger.Application.Messages;

/// <summary>Reconcile every billing account of a UTC day whose usage or bill has changed.</summary>
/// <param name="Day">The UTC day.</param>
public sealed record ReconcileDayMessage(DateOnly Day) : LedgerMessage
{
    /// <inheritdoc/>
    public override string QueueName => QueueNames.ReconcileDay;
}
