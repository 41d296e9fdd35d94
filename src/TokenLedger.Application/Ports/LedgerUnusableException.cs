namespace TokenLedger.Application.Ports;

/// <summary>The ledger's file or archive cannot be used as it is. The message says what to do.</summary>
public sealed class LedgerUnusableException(string message, Exception? inner = null) : Exception(message, inner);
