using TokenLedger.Application.Configuration;

namespace TokenLedger.Providers.GitHub;

/// <summary>What a request is authorised with.</summary>
/// <param name="Token">The bearer token.</param>
/// <param name="Key">
/// Whose rate limit it counts against; it outlives a token, and holds no secret: <c>installation 7</c>.
/// </param>
internal sealed record GitHubCredential(Secret Token, string Key)
{
    /// <summary>The installation whose token it is; null for any other.</summary>
    public long? InstallationId { get; init; }
}
