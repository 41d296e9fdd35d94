using System.Diagnostics;
using System.Net.Sockets;

namespace TokenLedger.Benchmarks.Service;

/// <summary>The load: one thread and plain sockets, so that the two cores are left to the server.</summary>
internal sealed class Load(int connections, TimeSpan duration)
{
    private const int SelectMicroseconds = 100_000;

    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(10);

    /// <summary>One delivery, and the text of its answer.</summary>
    public static string Probe(ServerProcess server, SignedDelivery delivery)
    {
        using var connection = new LoadConnection(server.Address);
        connection.Send(delivery.Next());
        int status;
        while (!connection.Receive(out status, out _))
        {
        }

        return status is >= 200 and < 300
            ? connection.Answer
            : throw new InvalidOperationException($"{server.Name} refused a delivery: {connection.Answer}");
    }

    /// <summary>As many deliveries as the server takes, one at a time on each connection.</summary>
    public LoadResult Run(ServerProcess server, SignedDelivery delivery)
    {
        var open = new Dictionary<Socket, LoadConnection>();
        try
        {
            // Node closes an idle connection after 5 s: those of the last round are gone.
            for (var i = 0; i < connections; i++)
            {
                var connection = new LoadConnection(server.Address);
                open.Add(connection.Socket, connection);
            }

            return Measure(server, delivery, open);
        }
        finally
        {
            foreach (var connection in open.Values)
                connection.Dispose();
        }
    }

    private LoadResult Measure(ServerProcess server, SignedDelivery delivery, Dictionary<Socket, LoadConnection> open)
    {
        var latencies = new List<double>();
        var refused = 0;
        var sockets = open.Keys.ToList();
        var readable = new List<Socket>(sockets.Count);
        var serverBefore = server.ProcessorTime;
        var clientBefore = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        foreach (var connection in open.Values)
            connection.Send(delivery.Next());
        var waiting = open.Count;
        while (waiting > 0)
        {
            readable.Clear();
            readable.AddRange(sockets);
            Socket.Select(readable, null, null, SelectMicroseconds);
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed > duration + DrainMax)
                throw new InvalidOperationException($"{server.Name} owes {waiting} answers: the timing is void.");
            foreach (var connection in readable.Select(socket => open[socket]))
            {
                if (!connection.Receive(out var status, out var latency))
                    continue;
                latencies.Add(latency.TotalMilliseconds);
                refused += status is >= 200 and < 300 ? 0 : 1;
                if (elapsed < duration)
                    connection.Send(delivery.Next());
                else
                    waiting--;
            }
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var clientTime = Environment.CpuUsage.TotalTime - clientBefore;
        latencies.Sort();
        return new LoadResult(
            latencies.Count / seconds,
            latencies[latencies.Count / 2],
            latencies[latencies.Count * 99 / 100],
            latencies.Count,
            refused,
            (server.ProcessorTime - serverBefore).TotalMicroseconds / latencies.Count,
            clientTime.TotalMicroseconds / latencies.Count);
    }
}
