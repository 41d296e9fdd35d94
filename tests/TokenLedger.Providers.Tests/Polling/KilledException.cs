namespace TokenLedger.Providers.Tests.Polling;

/// <summary>Stands for the end of the process.</summary>
public sealed class KilledException : Exception;
