using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Registration;

/// <summary>A GitHub as people see it, and as programs do.</summary>
/// <param name="WebUrl">Its pages.</param>
/// <param name="ApiUrl">Its API.</param>
public sealed record GitHubSite(Uri WebUrl, Uri ApiUrl)
{
    private const string ApiPrefix = "api.";
    private const string ServerApiPath = "/api/v3";

    private static readonly Uri PublicWebUrl = new("https://github.com/");

    /// <summary>The site of an address of pages: GitHub's own, data residency, or a server of one's own.</summary>
    /// <param name="webUrl">The pages; null for those of the API.</param>
    /// <param name="apiUrl">The configured API; it counts unless it is GitHub's own and other pages are named.</param>
    public static GitHubSite Of(Uri? webUrl, Uri apiUrl) => webUrl is null
        ? new GitHubSite(WebOf(apiUrl), apiUrl)
        : new GitHubSite(webUrl, apiUrl == GitHubConfiguration.PublicApiUrl ? ApiOf(webUrl) : apiUrl);

    /// <summary>Where an App is made: of an organisation, or of whoever is signed in.</summary>
    public Uri NewAppUrl(string? organization) => new(
        WebUrl,
        organization is null
            ? "settings/apps/new"
            : $"organizations/{Uri.EscapeDataString(organization)}/settings/apps/new");

    /// <summary>Where the manifest is posted to.</summary>
    public Uri ManifestUrl(string? organization, string state) =>
        new($"{NewAppUrl(organization).AbsoluteUri}?state={Uri.EscapeDataString(state)}");

    /// <summary>A link that fills GitHub's form in, for those who click.</summary>
    /// <remarks>Parameters as documented for registering by URL (2026-10); a secret is none of them.</remarks>
    public Uri FilledFormUrl(AppManifest manifest, string? organization)
    {
        IEnumerable<(string Name, string Value)> parameters =
        [
            ("name", manifest.Name), ("url", manifest.HomepageUrl.AbsoluteUri), ("public", "false"),
            ("webhook_active", "true"), ("webhook_url", manifest.WebhookUrl.AbsoluteUri),
            .. manifest.Permissions, .. manifest.Events.Select(name => ("events[]", name)),
        ];
        var query = string.Join('&', parameters.Select(
            pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));
        return new Uri($"{NewAppUrl(organization).AbsoluteUri}?{query}");
    }

    /// <summary>Where the App is installed on organisations.</summary>
    public Uri InstallUrl(string slug) => new(WebUrl, $"apps/{Uri.EscapeDataString(slug)}/installations/new");

    private static Uri ApiOf(Uri webUrl) =>
        webUrl.Host.Equals(PublicWebUrl.Host, StringComparison.OrdinalIgnoreCase)
        || webUrl.Host.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase)
            ? new Uri($"https://{ApiPrefix}{webUrl.Host}/")
            : new Uri(webUrl, ServerApiPath + "/");

    private static Uri WebOf(Uri apiUrl) =>
        apiUrl.Host.StartsWith(ApiPrefix, StringComparison.OrdinalIgnoreCase)
            ? new Uri($"https://{apiUrl.Host[ApiPrefix.Length..]}/")
            : new Uri(apiUrl, "/");
}
