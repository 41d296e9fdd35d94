using System.Net;

namespace TokenLedger.Hosting.Serving;

/// <summary>What an address to listen on means.</summary>
internal static class ListenAddress
{
    /// <summary>Whether the host is <c>localhost</c>: both loopback addresses of the machine.</summary>
    public static bool IsLocalhost(Uri url) => string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The IP address that is named; null when a name is.</summary>
    public static IPAddress? IpOf(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address : null;

    /// <summary>Whether only this machine can reach it. .NET's own answer takes more names for loopback.</summary>
    public static bool IsLoopback(Uri url) => IsLocalhost(url) || (IpOf(url) is { } ip && IPAddress.IsLoopback(ip));

    /// <summary>
    /// Whether it can be listened on: localhost at a port of its own, or an IP address at any. Another name would say
    /// less than it seems to: every address of the machine would answer to it.
    /// </summary>
    public static bool IsUsable(Uri url) =>
        url is { Scheme: "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && (IpOf(url) is not null || (IsLocalhost(url) && url.Port > 0));
}
