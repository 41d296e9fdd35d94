namespace TokenLedger.Application.Ports;

/// <summary>The App's webhook.</summary>
/// <param name="Url">Where it delivers to; null for nowhere.</param>
/// <param name="IsJson">Whether bodies are JSON; forms are not read.</param>
/// <param name="IsUnverified">Whether GitHub does not check the certificate.</param>
public sealed record HookProbe(string? Url, bool IsJson, bool IsUnverified);
