namespace TokenLedger.Application.Reconciling;

/// <summary>What a reconciliation is asked for.</summary>
public enum ScopeKind
{
    /// <summary>One organisation, or a user who owns repositories.</summary>
    Organization,

    /// <summary>One enterprise with its organisations.</summary>
    Enterprise,

    /// <summary>Every account and run of the ledger; the name is empty.</summary>
    Ledger,
}
