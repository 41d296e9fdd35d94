using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// What requests are authorised with: the App's installation on a repository, or the configured token where there is no
/// App or it is not installed there.
/// </summary>
/// <remarks>Installation tokens are kept until shortly before they expire, an hour after GitHub gave them.</remarks>
/// <param name="github">The way to GitHub.</param>
/// <param name="configuration">What it is asked with.</param>
/// <param name="needed">What tokens of installations are asked for, as JSON.</param>
internal sealed class GitHubCredentials(
    GitHubConnection github, GitHubConfiguration configuration,
    string needed = GitHubCredentials.NeededOfInstallation)
{
    /// <summary>No more than writing issues needs.</summary>
    public const string NeededForIssues = """{"permissions":{"issues":"write","metadata":"read"}}""";

    /// <summary>No more than reading runs and artifacts needs, whatever else the App may do.</summary>
    public const string NeededOfInstallation = """{"permissions":{"actions":"read","metadata":"read"}}""";

    /// <summary>What stopping runs and workflows needs: asked for only where an action is configured.</summary>
    public const string NeededForControl = """{"permissions":{"actions":"write","metadata":"read"}}""";

    /// <summary>No more than reading pull requests and issues needs.</summary>
    public const string NeededOfOutcomes =
        """{"permissions":{"issues":"read","metadata":"read","pull_requests":"read"}}""";

    // A busy enterprise has some thousand repositories.
    private const int RepositoriesMax = 50_000;

    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, InstallationToken> tokens = new();
    private readonly ConcurrentDictionary<string, long> installations = new(StringComparer.OrdinalIgnoreCase);

    public bool HasApp => configuration is { AppId: not null, PrivateKey: not null };

    public bool HasToken => configuration.Token is not null;

    public bool HasAny => HasApp || HasToken;

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

    /// <summary>Forgets a token that GitHub no longer accepts.</summary>
    /// <returns>Whether asking again brings another one.</returns>
    public bool Forget(GitHubCredential credential)
    {
        if (credential.InstallationId is not { } installation)
            return false;
        // Another may already have renewed it.
        if (tokens.TryGetValue(installation, out var kept) && ReferenceEquals(kept.Credential, credential))
            tokens.TryRemove(KeyValuePair.Create(installation, kept));
        return true;
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
            GitHubSubject.App($"the App's installation on {repository.FullName}"))
        {
            MovesWithin = configuration.ApiUrl,
        };
        var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
        if (refusal is not null)
            return refusal;
        using var answer = GitHubJson.Parse(body);
        return answer?.RootElement.WholeOf("id"u8) is { } number
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
            Body = needed,
        };
        var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
        if (refusal is not null)
            return refusal;
        using var answer = GitHubJson.Parse(body);
        if (answer?.RootElement is not { } root
            || root.TextOf("token"u8) is not { Length: > 0 } text
            || !text.All(static letter => letter is > ' ' and <= '~')
            || !DateTimeOffset.TryParse(
                root.TextOf("expires_at"u8), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var expiresAt))
            return GitHubRefusals.Malformed(question, "holds no token");
        var credential = new GitHubCredential(new Secret(text), $"installation {number}")
        {
            InstallationId = installationId,
        };
        tokens[installationId] = new InstallationToken(credential, expiresAt - RenewBefore);
        return credential;
    }

    // An address on this machine serves any.
    private bool IsServed(string host) => configuration.ApiUrl.IsLoopback
        || string.Equals(configuration.Host, host, StringComparison.OrdinalIgnoreCase);

    private static ProviderRefusal NoCredential(string reason) => new(
        ProviderRefusal.NoCredential,
        $"{reason}: set TokenLedger:GitHub:AppId and PrivateKey, or TokenLedger:GitHub:Token.", null);
}
