namespace TokenLedger.Domain.Usage;

/// <summary>The kinds of payer.</summary>
public enum PayerKind
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>The organisation or enterprise.</summary>
    Organization,

    /// <summary>One user's seat.</summary>
    User,

    /// <summary>An API key.</summary>
    Key,
}
