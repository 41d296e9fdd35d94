namespace TokenLedger.Providers.Http;

/// <summary>Tells where a secret may travel.</summary>
internal static class SafeAddress
{
    /// <summary>Whether a secret may be sent there, or be read from there: over TLS, or on this machine.</summary>
    public static bool Is(Uri url) => url is { Scheme: "https" } or { Scheme: "http", IsLoopback: true };
}
