namespace TokenLedger.Application.Alerts;

/// <summary>What to do with a row that is due.</summary>
internal enum OutboxAction
{
    /// <summary>Send it.</summary>
    Send,

    /// <summary>Leave it until later.</summary>
    Hold,

    /// <summary>Record that it is not told.</summary>
    Suppress,

    /// <summary>Give it up.</summary>
    GiveUp,
}
