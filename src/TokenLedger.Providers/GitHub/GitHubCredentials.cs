using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// What requests are authorised with: the App's installation on a repository, or the configured token where there is no
/// App or it is not installed there.
/// </summary>
/// <remarks>Installation tokens are kept until shortly before they expire, an hour after GitHub gave them.</remarks>
internal sealed class GitHubCredentials(GitHubConnection github, GitHubConfiguration configuration)
{
    /// <summary>No more than reading runs and artifacts needs, whatever else the App may do.</summary>
    public const string NeededOfInstallation = """{"permissions":{"actions":"read","metadata":"read"}}""";

    // A busy enterprise has some thousand repositories.
    private const int RepositoriesMax = 50_000;

    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, InstallationToken> tokens = new();
    private readonly ConcurrentDictionary<string, long> installations = new(StringComparer.OrdinalIgnoreCase);

    public bool HasApp => configuration is { AppId: not null, PrivateKey: not null };

    public bool HasAny => HasApp || configuration.Token is not null;

    /// <summary>The App's own credential, for questions about the App.</summary>
    public ProviderAnswer<GitHubCredential> OfApp()
    {
        if (configuration is not { AppId: { } id, PrivateKey: { } key })
            return NoCredential("No GitHub App is configured");
        try
        {
            return new GitHubCredential(AppToken.Create(id, key, github.Time.GetUtcNow()), "GitHub App");
        }
        catch (CryptographicException)
        {
            return new ProviderRefusal(
                ProviderRefusal.Unauthorized,
                "TokenLedger:GitHub:PrivateKey is no private key of a GitHub App: configure the PEM that GitHub gave.",
                null);
        }
    }

    /// <summary>What a repository is asked about with.</summary>
    public async Task<ProviderAnswer<GitHubCredential>> OfRepositoryAsync(
        RepositoryAccess repository, CancellationToken cancellation)
    {
        if (!IsServed(repository.Host))
        {
            return NoCredential(
                $"{repository.Host} is not the host that TokenLedger:GitHub:ApiUrl serves, so {repository.FullName} "
                + "cannot be asked for");
        }

        ProviderRefusal? refused = null;
        if (HasApp)
        {
            var (credential, refusal) = await OfInstallationOnAsync(repository, cancellation);
            if (credential is not null)
                return credential;
            refused = refusal;
        }

        // An App that is not installed there does not keep the token from being used.
        if (refused is not (null or { Code: ProviderRefusal.NotFound }))
            return refused;
        var token = OfToken();
        return token.Value is not null || refused is null ? token : refused;
    }

    /// <summary>What an installation of the App is asked with.</summary>
    public async Task<ProviderAnswer<GitHubCredential>> OfInstallationAsync(
        long installationId, CancellationToken cancellation)
    {
        // Two at once may both ask: GitHub gives each a token, and both are good.
        if (tokens.TryGetValue(installationId, out var kept) && kept.RenewAt > github.Time.GetUtcNow())
            return kept.Credential;
        var (app, refused) = OfApp();
        return app is null ? refused! : await RenewAsync(installationId, app, cancellation);
    }

    /// <summary>The configured token; a refusal without one.</summary>
    public ProviderAnswer<GitHubCredential> OfToken() => configuration.Token is { } token
        ? new GitHubCredential(token, "configured token")
        : NoCredential("Neither a GitHub App nor a token is configured");

    private async Task<ProviderAnswer<GitHubCredential>> OfInstallationOnAsync(
        RepositoryAccess repository, CancellationToken cancellation)
    {
        if (repository.InstallationId is { } told)
        {
            var answer = await OfInstallationAsync(told, cancellation);
            // Installed anew since: it has another id now.
            if (answer.Refusal is not { Code: ProviderRefusal.NotFound })
                return answer;
        }

        if (!installations.TryGetValue(repository.FullName, out var installation))
        {
            var (found, refusal) = await FindInstallationAsync(repository, cancellation);
            if (refusal is not null)
                return refusal;
            installation = long.Parse(found!, CultureInfo.InvariantCulture);
            if (installations.Count >= RepositoriesMax)
                installations.Clear();
            installations[repository.FullName] = installation;
        }

        var token = await OfInstallationAsync(installation, cancellation);
        if (token.Refusal is { Code: ProviderRefusal.NotFound })
            installations.TryRemove(repository.FullName, out _);
        return token;
    }

    private async Task<ProviderAnswer<string>> FindInstallationAsync(
        RepositoryAccess repository, CancellationToken cancellation)
    {
        var (app, refused) = OfApp();
        if (app is null)
            return refused!;
        var question = new GitHubQuestion(
            GitHubAddress.Of(configuration.ApiUrl, "repos", repository.Owner, repository.Name, "installation"), app,
            GitHubSubject.App($"the App's installation on {repository.FullName}")) { FollowsMoves = true };
        var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
        if (refusal is not null)
            return refusal;
        using var answer = GitHubJson.Parse(body);
        return answer?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("id"u8, out var id) && id.TryGetInt64(out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : GitHubRefusals.Malformed(question, "names no installation");
    }

    private async Task<ProviderAnswer<GitHubCredential>> RenewAsync(
        long installationId, GitHubCredential app, CancellationToken cancellation)
    {
        var number = installationId.ToString(CultureInfo.InvariantCulture);
        var question = new GitHubQuestion(
            GitHubAddress.Of(configuration.ApiUrl, "app", "installations", number, "access_tokens"), app,
            GitHubSubject.App($"a token of installation {number}"))
        {
            Method = HttpMethod.Post,
            Body = NeededOfInstallation,
        };
        var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
        if (refusal is not null)
            return refusal;
        using var answer = GitHubJson.Parse(body);
        if (answer?.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("token"u8, out var token) || token.GetString() is not { Length: > 0 } text
            || !root.TryGetProperty("expires_at"u8, out var expires)
            || !expires.TryGetDateTimeOffset(out var expiresAt))
            return GitHubRefusals.Malformed(question, "holds no token");
        var credential = new GitHubCredential(new Secret(text), $"installation {number}");
        tokens[installationId] = new InstallationToken(credential, expiresAt - RenewBefore);
        return credential;
    }

    // api.github.com serves github.com, api.SUBDOMAIN.ghe.com serves SUBDOMAIN.ghe.com, and a server of one's own
    // serves itself. An address on this machine is a test's or a tunnel's, and serves any.
    private bool IsServed(string host)
    {
        const string api = "api.";
        var url = configuration.ApiUrl;
        var served = url.Host.StartsWith(api, StringComparison.OrdinalIgnoreCase) ? url.Host[api.Length..] : url.Host;
        return url.IsLoopback || string.Equals(served, host, StringComparison.OrdinalIgnoreCase);
    }

    private static ProviderRefusal NoCredential(string reason) => new(
        ProviderRefusal.NoCredential,
        $"{reason}: set TokenLedger:GitHub:AppId and PrivateKey, or TokenLedger:GitHub:Token.", null);
}
