using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Configuration;

/// <summary>How GitHub is reached and how its deliveries are known to be its own.</summary>
public sealed record GitHubConfiguration
{
    /// <summary>GitHub's own address; data residency is <c>https://api.SUBDOMAIN.ghe.com</c>.</summary>
    public static readonly Uri PublicApiUrl = new("https://api.github.com/");

    private const string ApiPrefix = "api.";

    /// <summary>The API's address; TLS, or this machine.</summary>
    public Uri ApiUrl { get; init; } = PublicApiUrl;

    /// <summary>A token for sources of GitHub that name none of their own; null for none.</summary>
    public Secret? Token { get; init; }

    /// <summary>The webhook's secrets; several while one is replaced by the next.</summary>
    public IReadOnlyList<Secret> WebhookSecrets { get; init; } = [];

    /// <summary>The App's id; null without an App.</summary>
    public long? AppId { get; init; }

    /// <summary>The App's private key, an RSA key as PEM; null without an App.</summary>
    public Secret? PrivateKey { get; init; }

    /// <summary>
    /// The host of the repositories that the API serves, in lower case: <c>api.github.com</c> serves
    /// <c>github.com</c>, <c>api.SUBDOMAIN.ghe.com</c> its subdomain, and a server of one's own itself. An address on
    /// this machine is a test's or a tunnel's.
    /// </summary>
    public string Host => ApiUrl.IsLoopback ? RunKey.PublicHost
        : ApiUrl.Host.StartsWith(ApiPrefix, StringComparison.OrdinalIgnoreCase)
            ? ApiUrl.Host[ApiPrefix.Length..].ToLowerInvariant()
            : ApiUrl.Host.ToLowerInvariant();
}
