namespace TokenLedger.Application.Ports;

/// <summary>What became of a call with a pop receipt.</summary>
public enum ReceiptOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>
    /// The message is gone or somebody received it since: nothing was changed, and its work may be done twice.
    /// </summary>
    Stale,
}
