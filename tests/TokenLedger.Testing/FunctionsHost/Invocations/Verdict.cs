namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>What the host makes of a handler's answer.</summary>
public enum Verdict
{
    Succeeded,
    Failed,

    /// <summary>A success status without a result: the host waits until the function's time-out.</summary>
    Hung,
}
