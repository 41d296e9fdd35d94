namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>The real thing: a process of its own.</summary>
public sealed class ProcessRunner : IHandlerRunner
{
    public bool NeedsExecutable => true;

    public IRunningHandler Start(HandlerStart start) => new HandlerProcess(start);
}
