namespace TokenLedger.Application.Ports;

/// <summary>A run id is known under another repository. The evidence was not taken.</summary>
public sealed class RunConflictException(string message) : Exception(message);
