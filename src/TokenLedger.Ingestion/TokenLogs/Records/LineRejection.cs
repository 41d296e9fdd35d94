namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Why a line does not count; each has a stable code in <see cref="LineRejections"/>.</summary>
internal enum LineRejection
{
    None,
    NotJson,
    TooLong,
    CutOff,
    InvalidUtf8,
    NotAnObject,
    ForeignSchema,
    TokenCountNotWhole,
    TokenCountTooLarge,
    TimestampMissing,
    TimestampInvalid,
    StatusNotSuccess,
    NoTokenCount,
    NameTooLong,
    TooManySlices,
    RunTotalTooLarge,
}
