using TokenLedger.Testing.FunctionsHost.Handlers;

namespace TokenLedger.Testing.FunctionsHost;

/// <summary>What a host is given by its app.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>A full path: host.json, function.json files and the handler.</summary>
    public required string Package { get; init; }

    /// <summary>Connection string that the host itself takes messages with.</summary>
    public required string Storage { get; init; }

    /// <summary>Connection string that the handler is given; null: the host's.</summary>
    public string? HandlerStorage { get; init; }

    /// <summary>The app's settings: with the host's own they are the handler's whole environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>For functions that are not anonymous.</summary>
    public string FunctionKey { get; init; } = "function-key";

    /// <summary>How long a failed message stays hidden; null: as host.json says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IHandlerRunner Runner { get; init; } = new ProcessRunner();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
