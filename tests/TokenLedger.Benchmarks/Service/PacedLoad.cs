using System.Diagnostics;
using System.Net.Sockets;

namespace TokenLedger.Benchmarks.Service;

/// <summary>
/// So many requests a second, whether or not the server keeps up: each is timed from when it was due, so that one slow
/// answer is also told by those that it makes wait.
/// </summary>
internal sealed class PacedLoad(int perSecond, int connections)
{
    private const double MicrosecondsOfSecond = 1_000_000;

    // A request is sent at most this much late, which counts as time of its answer.
    private const int SelectMicrosecondsMax = 1_000;

    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(30);

    /// <summary>Sends requests and gives each whole answer to a check, which throws at a wrong one.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="request">The bytes of each request, from 0.</param>
    /// <param name="check">Gets the status and the text of an answer.</param>
    /// <returns>Milliseconds from due to whole, ascending.</returns>
    public double[] Run(Uri server, int seconds, Func<int, byte[]> request, Action<int, string> check)
    {
        var open = new Dictionary<Socket, LoadConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var connection = new LoadConnection(server);
                open.Add(connection.Socket, connection);
            }

            return Measure(open, perSecond * seconds, request, check);
        }
        finally
        {
            foreach (var connection in open.Values)
                connection.Dispose();
        }
    }

    private double[] Measure(
        Dictionary<Socket, LoadConnection> open, int count, Func<int, byte[]> request, Action<int, string> check)
    {
        var idle = new Queue<Socket>(open.Keys);
        var due = new Dictionary<Socket, TimeSpan>();
        var latencies = new List<double>(count);
        var readable = new List<Socket>(open.Count);
        var end = TimeSpan.FromSeconds((double)count / perSecond) + DrainMax;
        var start = Stopwatch.GetTimestamp();
        for (var sent = 0; latencies.Count < count;)
        {
            var now = Stopwatch.GetElapsedTime(start);
            if (now > end)
                throw new InvalidOperationException($"{count - latencies.Count} answers are owed: the timing is void.");
            for (; sent < count && DueAt(sent) <= now && idle.TryDequeue(out var socket); sent++)
            {
                due[socket] = DueAt(sent);
                open[socket].Send(request(sent));
            }

            readable.Clear();
            readable.AddRange(open.Keys);
            Socket.Select(readable, null, null, SelectMicrosecondsMax);
            foreach (var socket in readable)
            {
                if (!open[socket].Receive(out var status, out _))
                    continue;
                latencies.Add((Stopwatch.GetElapsedTime(start) - due[socket]).TotalMilliseconds);
                due.Remove(socket);
                idle.Enqueue(socket);
                check(status, open[socket].Answer);
            }
        }

        latencies.Sort();
        return [.. latencies];
    }

    private TimeSpan DueAt(int request) => TimeSpan.FromMicroseconds(request * MicrosecondsOfSecond / perSecond);
}
