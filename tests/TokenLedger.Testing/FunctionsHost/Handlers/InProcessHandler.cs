using Microsoft.AspNetCore.Http;

namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>A server that can end like a process.</summary>
internal sealed class InProcessHandler : IRunningHandler
{
    // What a shell reports for SIGKILL.
    private const int Killed = 137;

    private readonly TaskCompletionSource<int> exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InProcessHandler(int port, RequestDelegate handle) => Exited = RunAsync(port, handle);

    public Task<int> Exited { get; }

    public void Kill() => End(Killed);

    public void End(int code) => exit.TrySetResult(code);

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
    }

    private async Task<int> RunAsync(int port, RequestDelegate handle)
    {
        await using var server = await LoopbackServer.StartAsync(port, handle);
        return await exit.Task;
    }
}
