using System.Net;
using System.Net.Sockets;

namespace TokenLedger.Testing.FunctionsHost;

/// <summary>A port that nobody listens on at this moment, picked as the host picks one.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
