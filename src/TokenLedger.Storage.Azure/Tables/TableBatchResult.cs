using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>Done: every change happened. Otherwise none did, because of one of them.</summary>
/// <param name="Outcome">What stood in the way.</param>
/// <param name="FailedIndex">Which change, from 0; null when all happened or the service did not say.</param>
public sealed record TableBatchResult(StorageOutcome Outcome, int? FailedIndex);
