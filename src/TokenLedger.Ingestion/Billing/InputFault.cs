namespace TokenLedger.Ingestion.Billing;

/// <summary>Something in an answer that could not be read, its day not yet known.</summary>
internal sealed record InputFault(long Line, string Code, string Message);
