namespace TokenLedger.Ingestion.Billing;

/// <summary>Why a file or an answer as a whole could not be taken.</summary>
internal sealed record BillProblem(string Code, string Message);
