using System.Net;
using System.Net.Sockets;

namespace TokenLedger.Testing.FunctionsHost;

/// <summary>A port that nobody listens on at this moment.</summary>
/// <remarks>
/// Below the range that outgoing connections take theirs from: those of tests that run at the same time would now and
/// then have it before the handler listens.
/// </remarks>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Count = 17_000;
    private const int TriesMax = 1_000;

    private static int next = Random.Shared.Next(Count);

    public static int Next()
    {
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            // Unchecked: the counter may run over after two thousand million starts.
            var port = First + (int)(unchecked((uint)Interlocked.Increment(ref next)) % Count);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"No port is free after {TriesMax} tries.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
