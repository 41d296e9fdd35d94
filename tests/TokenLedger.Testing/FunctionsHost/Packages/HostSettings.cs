namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>What host.json says, with the host's defaults for what it leaves out (2026-11).</summary>
public sealed record HostSettings
{
    /// <summary>Relative to the package.</summary>
    public required string ExecutablePath { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>In front of every HTTP route, without slashes at its ends; empty for none.</summary>
    public string RoutePrefix { get; init; } = "api";

    public bool IsProxying { get; init; }

    public TimeSpan InitializationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public MessageEncoding MessageEncoding { get; init; } = MessageEncoding.Base64;

    /// <summary>1 to 32 messages taken at once.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Deliveries before a message is poison.</summary>
    public int DequeueCountMax { get; init; } = 5;

    /// <summary>How long a failed message stays hidden.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;
}
