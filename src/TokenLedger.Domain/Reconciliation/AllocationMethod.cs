namespace TokenLedger.Domain.Reconciliation;

/// <summary>How a share was found.</summary>
public enum AllocationMethod
{
    /// <summary>An exclusive, complete bucket was split whole by estimated credits.</summary>
    ProRata,

    /// <summary>
    /// The bucket names a repository, a workflow or automation, or its tokens equal ours; capped by the estimate.
    /// </summary>
    Matched,

    /// <summary>The bucket is shared with people; capped by the estimate.</summary>
    PricedWithinBill,

    /// <summary>An exclusive bucket of one unpriced model was split by token equivalents.</summary>
    ByTokens,
}
