namespace TokenLedger.Application.Ports;

/// <summary>What GitHub says of the configured App.</summary>
/// <param name="Answer">How the App's own question was taken.</param>
public sealed record AppProbe(ProbeAnswer Answer)
{
    /// <summary>Its name; null unless answered.</summary>
    public string? Name { get; init; }

    /// <summary>Its name in addresses; null when unsaid.</summary>
    public string? Slug { get; init; }

    /// <summary>What it asks organisations for: <c>read</c>, <c>write</c> or <c>admin</c> by name.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The events that it is sent; null when unsaid.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>How the question for installations was taken; null when it was not asked.</summary>
    public ProbeAnswer? InstallationsAnswer { get; init; }

    /// <summary>Where it is installed, up to 100.</summary>
    public IReadOnlyList<InstallationProbe> Installations { get; init; } = [];

    /// <summary>Its webhook; null when GitHub did not tell.</summary>
    public HookProbe? Hook { get; init; }

    /// <summary>Its newest deliveries; null when GitHub did not tell.</summary>
    public DeliveriesProbe? Deliveries { get; init; }
}
