using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TokenLedger.Benchmarks.Service;

/// <summary>The handler started as its host starts it, and asked for <c>/</c> until it answers.</summary>
internal sealed class FunctionsHandlerProcess : IDisposable
{
    private const double KibibytesOfMebibyte = 1024;

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Process process;
    private readonly HttpClient client;

    private FunctionsHandlerProcess(string program, string storage, IReadOnlyDictionary<string, string> variables)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetDirectoryName(program)! };
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["TokenLedger__Storage__Kind"] = "azure";
        start.Environment["TokenLedger__Storage__Azure__ConnectionString"] = storage;
        start.Environment["TokenLedger__GitHub__WebhookSecrets__0"] = "it is a benchmark, not a secret";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        client = new HttpClient { BaseAddress = new UriBuilder("http", "127.0.0.1", port).Uri };
        var started = Stopwatch.GetTimestamp();
        process = Process.Start(start)!;
        Wait(port, started);
        FirstAnswerAfter = Stopwatch.GetElapsedTime(started);
    }

    public TimeSpan FirstAnswerAfter { get; }

    public Uri Address => client.BaseAddress!;

    public static FunctionsHandlerProcess Start(
        string program, string storage, IReadOnlyDictionary<string, string>? variables = null) =>
        new(program, storage, variables ?? new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Throws unless the storage is open.</summary>
    public void RequireHealth()
    {
        using var answer = client.GetAsync(new Uri("/api/health", UriKind.Relative)).GetAwaiter().GetResult();
        answer.EnsureSuccessStatusCode();
    }

    public (double All, double Own) ResidentMebibytes()
    {
        var status = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status"));
        return (Read(status, "VmRSS:"), Read(status, "RssAnon:"));
    }

    public void Dispose()
    {
        client.Dispose();
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static double Read(string[] status, string name) => double.Parse(
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / KibibytesOfMebibyte;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Wait(int port, long started)
    {
        var answer = new byte[12];
        while (!TryGet(port, answer))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartMax)
                throw new InvalidOperationException("The handler does not answer: the timing is void.");
            Task.Delay(Pause).GetAwaiter().GetResult();
        }

        if (!answer.AsSpan().StartsWith("HTTP/1.1 2"u8))
            throw new InvalidOperationException("The handler answered with a failure: the timing is void.");
    }

    private static bool TryGet(int port, byte[] answer)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            return false;
        }

        socket.Send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8);
        return socket.Receive(answer) == answer.Length;
    }
}
