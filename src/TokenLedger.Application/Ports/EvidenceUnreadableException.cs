namespace TokenLedger.Application.Ports;

/// <summary>
/// An evidence file could not be read to its end, so no part of it was archived. The ledger itself is fine.
/// </summary>
public sealed class EvidenceUnreadableException(string message, Exception inner) : Exception(message, inner);
