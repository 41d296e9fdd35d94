using TokenLedger.Testing.FunctionsHost.Handlers;

namespace TokenLedger.Functions.Tests.HostDouble;

/// <summary>Handlers that never listen and run until they are killed.</summary>
internal sealed class SilentRunner : IHandlerRunner
{
    public bool NeedsExecutable => false;

    public IRunningHandler Start(HandlerStart start) => new Silent();

    private sealed class Silent : IRunningHandler
    {
        private readonly TaskCompletionSource<int> exit = new();

        public Task<int> Exited => exit.Task;

        public void Kill() => exit.TrySetResult(137);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
