using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TokenLedger.Testing.Azurite;

/// <summary>A storage emulator of its own, on free ports, with nothing in it and nothing left of it.</summary>
/// <remarks>It ends when this is disposed, and also when the process that started it dies: its input closes then.</remarks>
public sealed partial class AzuriteEmulator : IAsyncDisposable
{
    public const string AccountName = "devstoreaccount1";

    /// <summary>Public and the same in every copy of the emulator.</summary>
    public const string AccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // It takes about 5 s on two cores; a busy machine may need many times that.
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, Uri> services = new(StringComparer.Ordinal);
    private readonly List<string> output = [];

    private AzuriteEmulator()
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo("node", Arguments())
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => started.TrySetException(new InvalidOperationException("Azurite ended: " + Output()));
    }

    public string ConnectionString =>
        $"AccountName={AccountName};AccountKey={AccountKey};BlobEndpoint={Endpoint("Blob")};"
        + $"QueueEndpoint={Endpoint("Queue")};TableEndpoint={Endpoint("Table")}";

    public static async Task<AzuriteEmulator> StartAsync()
    {
        var emulator = new AzuriteEmulator();
        emulator.process.Start();
        emulator.process.BeginOutputReadLine();
        emulator.process.BeginErrorReadLine();
        try
        {
            await emulator.started.Task.WaitAsync(StartMax);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Asked to end, it would wait for connections that are kept alive.
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string[] Arguments() =>
    [
        AzuriteInstallation.Script,
        "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck",
        "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
    ];

    private string Endpoint(string service) => $"{services[service].AbsoluteUri.TrimEnd('/')}/{AccountName}";

    // Both streams' lines come here; the lock also covers the dictionary.
    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (output)
        {
            if (output.Count < 100)
                output.Add(line);
            if (Listening().Match(line) is { Success: true } match)
                services[match.Groups["service"].Value] = new(match.Groups["address"].Value);
            if (services.Count == 3)
                started.TrySetResult();
        }
    }

    private string Output()
    {
        lock (output)
            return string.Join('\n', output);
    }

    // The line before, "is starting at", shows port 0.
    [GeneratedRegex(
        @"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://\S+)$",
        RegexOptions.None,
        1000)]
    private static partial Regex Listening();
}
