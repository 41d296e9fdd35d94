using System.Net.Sockets;
using System.Text;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class WebhookBodyTests : IAsyncLifetime
{
    private const int TooLarge = 26 * 1024 * 1024;
    private const int ChunkBytes = 64 * 1024;

    private ServedLedger served = null!;

    public async ValueTask InitializeAsync() => served = await ServedLedger.StartedAsync();

    public async ValueTask DisposeAsync()
    {
        // Whatever was done to it, the service goes on.
        Assert.Equal("queued", (await Delivery.OfRun().SendAsync(served)).State);
        await served.DisposeAsync();
    }

    [Fact]
    public async Task A_body_announced_over_25_MB_is_refused_before_it_is_sent()
    {
        var answer = await served.RawAsync(
            Delivery.OfRun().Head($"Content-Length: {TooLarge}\r\n"));

        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("urn:tokenledger:problem:too-large", answer);
        Assert.Contains("application/problem+json", answer);
    }

    [Fact]
    public async Task A_body_that_grows_over_25_MB_is_refused_without_waiting_for_its_end()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(served.Address.Host, served.Address.Port, ServedLedger.Token);
        var stream = tcp.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var line = reader.ReadLineAsync(ServedLedger.Token).AsTask();
        var chunk = new byte[ChunkBytes];
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(Delivery.OfRun().Head("Transfer-Encoding: chunked\r\n")), ServedLedger.Token);
        // The end never comes: only the service's own bound ends this.
        for (var sent = 0L; !line.IsCompleted && sent < 4L * TooLarge; sent += ChunkBytes)
        {
            var write = WriteChunkAsync(stream, chunk);
            await Task.WhenAny(write, line);
        }

        Assert.StartsWith("HTTP/1.1 413 ", await line);
    }

    [Fact]
    public async Task A_body_that_ends_half_way_is_no_delivery()
    {
        var answer = await served.RawAsync(
            Delivery.OfRun().Head("Content-Length: 1000\r\n") + "{\"action\":", isEnd: true);

        // Whoever closes the connection so may not hear the problem any more.
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_caller_that_goes_away_half_way_does_no_harm()
    {
        using var tcp = new TcpClient { LingerState = new LingerOption(enable: true, seconds: 0) };
        await tcp.ConnectAsync(served.Address.Host, served.Address.Port, ServedLedger.Token);
        await tcp.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(Delivery.OfRun().Head("Content-Length: 1000\r\n") + "{"), ServedLedger.Token);
    }

    [Fact]
    public async Task A_header_that_comes_twice_is_refused()
    {
        var delivery = Delivery.OfRun();

        var answer = await served.RawAsync(
            delivery.Head("X-GitHub-Event: ping\r\nContent-Length: 2\r\nConnection: close\r\n") + "{}");

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("urn:tokenledger:problem:headers", answer);
    }

    [Fact]
    public async Task Two_signatures_are_none()
    {
        var delivery = Delivery.OfRun();
        var body = Encoding.UTF8.GetString(delivery.Body);

        var answer = await served.RawAsync(delivery.Head(
            $"X-Hub-Signature-256: {delivery.Signature}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n") + body);

        Assert.StartsWith("HTTP/1.1 401 ", answer);
        Assert.Contains("urn:tokenledger:problem:signature-malformed", answer);
    }

    private static async Task WriteChunkAsync(NetworkStream stream, byte[] chunk)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), ServedLedger.Token);
            await stream.WriteAsync(chunk, ServedLedger.Token);
            await stream.WriteAsync("\r\n"u8.ToArray(), ServedLedger.Token);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The service hung up.
        }
    }
}
