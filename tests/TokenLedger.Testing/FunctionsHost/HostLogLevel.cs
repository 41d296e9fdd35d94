namespace TokenLedger.Testing.FunctionsHost;

/// <summary>Of a line that the handler wrote.</summary>
public enum HostLogLevel
{
    Information,
    Warning,
    Error,
}
