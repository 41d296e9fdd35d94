using System.Collections.Concurrent;
using System.Diagnostics;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Serving;

/// <summary><c>tokenledger serve</c> as a process of its own, with a known environment.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly Process process;

    public ServeProcess(string ledger, IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        // The tests' own host: the one this runtime came from.
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in new[]
        {
            Path.Combine(AppContext.BaseDirectory, "tokenledger.dll"), "serve", "--ledger", ledger,
        }.Concat(args))
            info.ArgumentList.Add(argument);
        foreach (var name in info.Environment.Keys
            .Where(name => name.StartsWith("TokenLedger__", StringComparison.OrdinalIgnoreCase)).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        process = new Process { StartInfo = info };
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public ConcurrentQueue<string> Lines { get; } = [];

    public async Task<Uri> ListeningAsync()
    {
        const string Said = "listening on ";
        await Eventually.TrueAsync("it listens", () => Lines.Any(line => line.Contains(Said, StringComparison.Ordinal)));
        var line = Lines.First(line => line.Contains(Said, StringComparison.Ordinal));
        return new Uri(line.Split(Said)[1].Split(';')[0]);
    }

    public async Task<int> TerminatedAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        return await ExitedAsync();
    }

    public async Task<int> ExitedAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
            Lines.Enqueue(line);
    }
}
