namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>Where the handler stands.</summary>
public enum HandlerState
{
    Starting,
    Ready,

    /// <summary>It exited with 0 and is never started again; the app stays without a handler.</summary>
    Gone,

    /// <summary>Three errors: the host stopped the application.</summary>
    Stopped,

    /// <summary>The test ended the host.</summary>
    Ended,
}
