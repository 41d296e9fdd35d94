namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>What a line turned out to be.</summary>
internal enum LineVerdict
{
    /// <summary>A usage record.</summary>
    Usage,

    /// <summary>An event that spends nothing, such as a steering message.</summary>
    OtherEvent,

    /// <summary>Nothing that can be counted.</summary>
    Rejected,
}
