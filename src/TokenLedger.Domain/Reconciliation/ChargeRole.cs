namespace TokenLedger.Domain.Reconciliation;

/// <summary>Whether a charge's money counts or only checks money that is counted elsewhere.</summary>
public enum ChargeRole
{
    /// <summary>Counts: the basis of its account, day and SKU family.</summary>
    Basis,

    /// <summary>Another view of the same money, or of a part of it.</summary>
    Check,
}
