using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.TokenLogs.Lines;

/// <summary>A line that does not count.</summary>
/// <param name="Line">Its place in the block, from 1.</param>
/// <param name="Rejection">Why.</param>
internal readonly record struct RejectedLine(int Line, LineRejection Rejection);
