namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>What may stand where a template's lines differ.</summary>
internal enum TemplateSlotKind
{
    /// <summary>A timestamp of the learned length.</summary>
    Timestamp,

    /// <summary>A request id of the learned length, usually a UUID.</summary>
    FixedRequestId,

    /// <summary>A request id of any length.</summary>
    FreeRequestId,

    /// <summary>A whole token count.</summary>
    Count,

    /// <summary>A duration in whole milliseconds.</summary>
    Duration,

    /// <summary>A credit figure.</summary>
    AiCredits,

    /// <summary>A plain number that nobody reads.</summary>
    IgnoredNumber,

    /// <summary>A plain text that nobody reads.</summary>
    IgnoredText,

    /// <summary>A plain object or list that nobody reads.</summary>
    IgnoredNested,
}
