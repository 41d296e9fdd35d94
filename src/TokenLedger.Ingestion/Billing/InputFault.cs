namespace TokenLedger.Ingestion.Billing;

/// <summary>Something in an answer that could not be read, before it is known which day that makes incomplete.</summary>
internal sealed record InputFault(long Line, string Code, string Message);
