namespace TokenLedger.Hosting.Serving;

/// <summary>An address cannot be listened on. The message says why and what to do.</summary>
public sealed class AddressUnavailableException(string message, Exception inner) : Exception(message, inner);
