namespace TokenLedger.Providers.GitHub;

/// <summary>A token of an App's installation.</summary>
/// <param name="Credential">What it authorises with.</param>
/// <param name="RenewAt">When to ask for the next one, UTC; some time before it expires.</param>
internal sealed record InstallationToken(GitHubCredential Credential, DateTimeOffset RenewAt);
