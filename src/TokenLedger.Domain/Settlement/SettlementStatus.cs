namespace TokenLedger.Domain.Settlement;

/// <summary>How final the bill of one account and day is.</summary>
public enum SettlementStatus
{
    /// <summary>The bill has not been seen.</summary>
    Estimated,

    /// <summary>Seen, and may still change.</summary>
    Provisional,

    /// <summary>Old enough and seen twice alike.</summary>
    Settled,

    /// <summary>Not looked at any more.</summary>
    Closed,
}
