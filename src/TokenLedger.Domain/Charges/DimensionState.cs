namespace TokenLedger.Domain.Charges;

/// <summary>What a bill says of a dimension.</summary>
public enum DimensionState
{
    /// <summary>Nothing.</summary>
    NotNamed,

    /// <summary>That nobody is behind the charge.</summary>
    Nobody,

    /// <summary>A value.</summary>
    Value,
}
