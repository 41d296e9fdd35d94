namespace TokenLedger.Domain.Spend;

/// <summary>How a line's spend is known, the surest first.</summary>
public enum SpendState
{
    /// <summary>By a final bill.</summary>
    Settled,

    /// <summary>By a bill that may still change, or the calibrated estimate where that is more.</summary>
    Provisional,

    /// <summary>By the calibrated estimate alone: a bill is to come.</summary>
    Estimated,

    /// <summary>By the estimate alone: no bill of the channel is known or configured.</summary>
    NoBillSource,

    /// <summary>Not at all: the usage has no price.</summary>
    Unpriced,
}
