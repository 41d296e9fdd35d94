namespace TokenLedger.Domain.Settlement;

/// <summary>Why a day's settlement is not what its looks alone would make it.</summary>
public enum SettlementReason
{
    /// <summary>Runs used something and the bill shows nothing: it does not settle.</summary>
    NoBillForUsage,

    /// <summary>The bill could not be read to the end while it was asked for.</summary>
    Unreachable,

    /// <summary>The bill still changed when it was asked for last.</summary>
    StillChanging,
}
