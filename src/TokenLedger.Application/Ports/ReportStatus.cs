namespace TokenLedger.Application.Ports;

/// <summary>Whether a report is made.</summary>
public enum ReportStatus
{
    /// <summary>Not yet.</summary>
    Processing,

    /// <summary>It is made.</summary>
    Completed,

    /// <summary>It could not be made.</summary>
    Failed,
}
