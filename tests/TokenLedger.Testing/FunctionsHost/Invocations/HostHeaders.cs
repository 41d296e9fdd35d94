namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>What the host adds to every request.</summary>
internal static class HostHeaders
{
    public const string Version = "X-Azure-Functions-HostVersion";
    public const string InvocationId = "X-Azure-Functions-InvocationId";
    public const string ProxiedInvocationId = "x-ms-invocation-id";

    /// <summary>The first known to proxy (2025).</summary>
    public const string HostVersion = "4.1052.200";
}
