using System.Diagnostics;

namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>A handler's process with exactly the environment it was given.</summary>
internal sealed class HandlerProcess : IRunningHandler
{
    private readonly Process process;

    public HandlerProcess(HandlerStart start)
    {
        var info = new ProcessStartInfo(start.Executable, start.Arguments)
        {
            WorkingDirectory = start.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Variables)
            info.Environment[name] = value;
        process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, line) => Take(line.Data, HostLogLine.OfOutput, start.Log);
        process.ErrorDataReceived += (_, line) => Take(line.Data, HostLogLine.OfErrors, start.Log);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = ExitAsync();
    }

    public Task<int> Exited { get; }

    // SIGKILL on Unix.
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        process.Dispose();
    }

    private async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static void Take(string? line, Func<string, HostLogLine> read, Action<HostLogLine> log)
    {
        if (line is not null)
            log(read(line));
    }
}
