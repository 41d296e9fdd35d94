namespace TokenLedger.Application.Reconciling;

/// <summary>Whose runs and bills are reconciled.</summary>
/// <param name="Kind">What the name names.</param>
/// <param name="Name">The organisation or enterprise; compared without case.</param>
/// <param name="CostCenter">Only what this cost centre was billed; null for everything.</param>
public sealed record ReconciliationScope(ScopeKind Kind, string Name, string? CostCenter = null)
{
    /// <summary>Everything in the ledger: what is stored is reconciled so, whoever asks later.</summary>
    public static readonly ReconciliationScope WholeLedger = new(ScopeKind.Ledger, "");
}
