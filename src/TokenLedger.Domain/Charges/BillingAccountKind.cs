namespace TokenLedger.Domain.Charges;

/// <summary>What a billing account's name names.</summary>
public enum BillingAccountKind
{
    /// <summary>A GitHub organisation, or a provider's organisation.</summary>
    Organization,

    /// <summary>A GitHub enterprise.</summary>
    Enterprise,

    /// <summary>A user who pays alone.</summary>
    User,
}
