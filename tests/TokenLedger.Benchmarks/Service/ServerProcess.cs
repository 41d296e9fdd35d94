using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TokenLedger.Benchmarks.Service;

/// <summary>A server in a process of its own, known to listen.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    // Reading what it says may not fill the memory.
    private const int LinesMax = 100;

    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly List<string> said = [];
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string name, string program, string[] arguments, string folder)
    {
        Name = name;
        process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) =>
            listening.TrySetException(new InvalidOperationException($"{Name} ended: {string.Join('\n', Said())}"));
    }

    public string Name { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Processor time used since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static ServerProcess Start(
        string name, string program, string[] arguments, string folder, Dictionary<string, string> variables)
    {
        var server = new ServerProcess(name, program, arguments, folder);
        foreach (var (variable, value) in variables)
            server.process.StartInfo.Environment[variable] = value;
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        try
        {
            server.Address = server.listening.Task.WaitAsync(StartMax).GetAwaiter().GetResult();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (said)
        {
            if (said.Count < LinesMax)
                said.Add(line);
        }

        if (Listening().Match(line) is { Success: true } match)
            listening.TrySetResult(new Uri(match.Value));
    }

    private string[] Said()
    {
        lock (said)
            return [.. said];
    }

    [GeneratedRegex(@"(?<=\blistening on )http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Listening();
}
