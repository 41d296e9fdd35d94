using TokenLedger.Application.Registration;

namespace TokenLedger.Cli.Registration;

/// <summary>What <c>app create</c> was asked for.</summary>
/// <param name="Site">Where the App is made.</param>
/// <param name="Organization">Whose it will be; null for whoever is signed in.</param>
/// <param name="Manifest">The App.</param>
internal sealed record AppOrder(GitHubSite Site, string? Organization, AppManifest Manifest)
{
    /// <summary>Where the manifest is written to, and nothing else done; null to make the App.</summary>
    public string? ManifestPath { get; init; }

    public required string KeyPath { get; init; }

    public string? SecretPath { get; init; }

    public string? EnvironmentPath { get; init; }

    /// <summary>The port of the local page; 0 for any.</summary>
    public int Port { get; init; }

    public TimeSpan TimeOut { get; init; }

    public bool OpensBrowser { get; init; }
}
