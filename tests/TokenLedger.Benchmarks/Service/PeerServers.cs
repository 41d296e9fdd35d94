using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TokenLedger.Testing;

namespace TokenLedger.Benchmarks.Service;

/// <summary>Node servers that do the least: verify the signature, call a handler that returns at once.</summary>
internal static class PeerServers
{
    public const string HowToInstall =
        "The peers are not installed: npm ci --prefix tests/TokenLedger.Benchmarks/Service/peers";

    private static readonly string? Folder = FindFolder();

    public static bool AreThere =>
        Folder is not null && Directory.Exists(Path.Combine(Folder, "node_modules", "probot"));

    public static ServerProcess StartProbot(string secret) => Start("Probot", "probot.mjs", secret);

    public static ServerProcess StartOctokit(string secret) => Start("@octokit/webhooks", "octokit.mjs", secret);

    private static ServerProcess Start(string name, string script, string secret) => ServerProcess.Start(
        name, "node", [script], Folder!, new(StringComparer.Ordinal)
        {
            ["NODE_ENV"] = "production",
            ["WEBHOOK_SECRET"] = secret,
            ["HOST"] = "127.0.0.1",
            ["PORT"] = FreePort().ToString(CultureInfo.InvariantCulture),
            // Probot's own default writes a line for every request, which the others do not.
            ["LOG_LEVEL"] = "warn",
        });

    // Probot takes 0 for its default port.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindFolder() => RepositoryRoot.Find() is { } root
        ? Path.Combine(root, "tests", "TokenLedger.Benchmarks", "Service", "peers")
        : null;
}
