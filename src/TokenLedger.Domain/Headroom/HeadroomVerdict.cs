namespace TokenLedger.Domain.Headroom;

/// <summary>Whether a run may start.</summary>
public enum HeadroomVerdict
{
    /// <summary>There is room.</summary>
    Allow,

    /// <summary>It may start, and somebody should look.</summary>
    Warn,

    /// <summary>It should not start.</summary>
    Deny,
}
