namespace TokenLedger.Domain.Reconciliation;

/// <summary>How sure a share is, worst first.</summary>
public enum Confidence
{
    /// <summary>Something needed is unknown; the bounds run from nothing to the whole charge.</summary>
    Low,

    /// <summary>Within a quarter either way.</summary>
    Medium,

    /// <summary>Within 5 % either way.</summary>
    High,

    /// <summary>Within 0.1 % either way.</summary>
    Exact,
}
