namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>Starts handlers: as processes, or inside the test.</summary>
public interface IHandlerRunner
{
    /// <summary>Whether the package must hold the executable.</summary>
    bool NeedsExecutable { get; }

    IRunningHandler Start(HandlerStart start);
}
