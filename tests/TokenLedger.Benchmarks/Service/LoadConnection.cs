using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TokenLedger.Benchmarks.Service;

/// <summary>A connection that is kept alive, with at most one request under way.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int AnswerBytesMax = 16 * 1024;
    private const int StatusAt = 9;

    private readonly byte[] answer = new byte[AnswerBytesMax];
    private int received;
    private long sentAt;

    public LoadConnection(Uri server)
    {
        Socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(IPAddress.Loopback, server.Port);
    }

    public Socket Socket { get; }

    /// <summary>The text of the last whole answer.</summary>
    public string Answer => Encoding.UTF8.GetString(answer, 0, received);

    public void Send(ReadOnlyMemory<byte> request)
    {
        received = 0;
        sentAt = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < request.Length;)
            sent += Socket.Send(request.Span[sent..]);
    }

    /// <summary>Takes what has come; true once the answer is whole.</summary>
    public bool Receive(out int status, out TimeSpan latency)
    {
        var count = Socket.Receive(answer.AsSpan(received));
        if (count == 0)
            throw new InvalidOperationException("A connection was closed: the timing is void.");
        received += count;
        (status, latency) = (0, TimeSpan.Zero);
        if (!IsWhole(answer.AsSpan(0, received)))
            return false;
        latency = Stopwatch.GetElapsedTime(sentAt);
        return Utf8Parser.TryParse(answer.AsSpan(StatusAt, 3), out status, out _);
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        foreach (var range in answer[..head].Split("\r\n"u8))
        {
            var line = answer[range];
            if (StartsWith(line, "content-length: "u8))
            {
                return Utf8Parser.TryParse(line["content-length: "u8.Length..], out int length, out _)
                    && answer.Length >= head + 4 + length;
            }

            if (StartsWith(line, "transfer-encoding: chunked"u8))
                return answer.EndsWith("0\r\n\r\n"u8);
        }

        throw new InvalidOperationException("An answer has no length: the timing is void.");
    }

    private static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);
}
