using Microsoft.AspNetCore.Http;

namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>A handler inside the test, on a real port. It gets every request, also the host's <c>GET /</c>.</summary>
public sealed class InProcessRunner(RequestDelegate handle) : IHandlerRunner
{
    private readonly Lock gate = new();
    private InProcessHandler? last;
    private int starts;

    public bool NeedsExecutable => false;

    /// <summary>How often the host has started it.</summary>
    public int Starts => Volatile.Read(ref starts);

    /// <summary>What the last start was given.</summary>
    public HandlerStart? LastStart { get; private set; }

    public IRunningHandler Start(HandlerStart start)
    {
        var handler = new InProcessHandler(start.Port, handle);
        lock (gate)
        {
            last = handler;
            LastStart = start;
        }

        Interlocked.Increment(ref starts);
        return handler;
    }

    /// <summary>Ends the running handler as if it had exited with this code.</summary>
    public void Exit(int code)
    {
        lock (gate)
            last?.End(code);
    }
}
