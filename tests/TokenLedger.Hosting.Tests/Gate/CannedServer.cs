using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TokenLedger.Hosting.Tests.Gate;

/// <summary>Answers each connection with the next of given bytes, and then hangs up.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private const int HeadBytesMax = 16 * 1024;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public CannedServer(params string[] answers)
    {
        listener.Start();
        running = RunAsync(answers);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>The heads of all requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>An answer with a body.</summary>
    public static string Of(string status, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}Connection: close\r\n\r\n"
        + body;

    /// <summary>The address of a port that nobody listens on.</summary>
    public static async Task<Uri> NobodyAsync()
    {
        await using var server = new CannedServer();
        return server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync(string[] answers)
    {
        try
        {
            foreach (var answer in answers)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                var stream = client.GetStream();
                Requests.Enqueue(await HeadAsync(stream));
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed with answers left.
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new byte[HeadBytesMax];
        var length = 0;
        while (length < head.Length && !head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var count = await stream.ReadAsync(head.AsMemory(length), stop.Token);
            if (count == 0)
                break;
            length += count;
        }

        return Encoding.UTF8.GetString(head, 0, length);
    }
}
