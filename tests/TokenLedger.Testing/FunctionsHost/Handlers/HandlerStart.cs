namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>How a handler is started.</summary>
/// <param name="Executable">Full path.</param>
/// <param name="Arguments">From host.json; the host adds none.</param>
/// <param name="Folder">Working directory: the package.</param>
/// <param name="Port">Where it must listen, on 127.0.0.1.</param>
/// <param name="Variables">Its whole environment.</param>
/// <param name="Log">Takes its lines.</param>
public sealed record HandlerStart(
    string Executable,
    IReadOnlyList<string> Arguments,
    string Folder,
    int Port,
    IReadOnlyDictionary<string, string> Variables,
    Action<HostLogLine> Log);
