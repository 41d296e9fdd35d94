using System.Globalization;
using System.Text;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Providers.GitHub;

/// <summary>Lists the repositories that can be asked about.</summary>
internal sealed class RepositoryList(
    GitHubConnection github, GitHubConfiguration configuration, GitHubCredentials credentials)
{
    // Ten thousand repositories or installations; an answer without end ends here.
    private const int PagesMax = 100;

    /// <summary>Those the App is installed on, else an organisation's.</summary>
    public async Task<ProviderAnswer<RepositoryListing>> ReadAsync(
        string? organization, CancellationToken cancellation)
    {
        var found = new List<RepositoryAccess>();
        var refusal = credentials.HasApp
            ? await AddInstalledAsync(found, organization, cancellation)
            : await AddOrganizationAsync(found, organization, cancellation);
        // An App that is not installed there does not keep the token from being used.
        if (refusal is { Code: ProviderRefusal.NotFound } && organization is not null
            && credentials is { HasApp: true, HasToken: true })
            refusal = await AddOrganizationAsync(found, organization, cancellation);
        if (refusal is not null && found.Count == 0)
            return refusal;
        found.Sort(static (one, other) => string.CompareOrdinal(one.FullName, other.FullName));
        return new RepositoryListing(found, refusal);
    }

    private async Task<ProviderRefusal?> AddInstalledAsync(
        List<RepositoryAccess> found, string? organization, CancellationToken cancellation)
    {
        var (app, refused) = credentials.OfApp();
        if (app is null)
            return refused;
        var installations = new List<long>();
        var refusal = await WalkAsync(
            app, GitHubSubject.App("the App's installations"), ["app", "installations"], null,
            item => AddInstallation(installations, item, organization), cancellation);
        if (refusal is null && organization is not null && installations.Count == 0)
        {
            return new ProviderRefusal(
                ProviderRefusal.NotFound,
                $"The GitHub App is not installed on {organization}, or suspended there: install it, or check the "
                    + "name.",
                null);
        }

        // One organisation that refuses, as by a list of addresses, takes nothing from the others.
        foreach (var installation in installations)
        {
            var (credential, declined) = await credentials.OfInstallationAsync(installation, cancellation);
            if (credential is null)
            {
                refusal = declined;
                continue;
            }

            var stopped = await WalkAsync(
                credential, GitHubSubject.App("the repositories of an installation"),
                ["installation", "repositories"], "repositories", item => Add(found, item, installation),
                cancellation);
            if (stopped is { Code: ProviderRefusal.Unauthorized })
                credentials.Forget(credential);
            refusal = stopped ?? refusal;
        }

        return refusal;
    }

    private async Task<ProviderRefusal?> AddOrganizationAsync(
        List<RepositoryAccess> found, string? organization, CancellationToken cancellation)
    {
        var (token, refused) = credentials.OfToken();
        if (token is null)
            return refused;
        if (organization is null)
        {
            return new ProviderRefusal(
                ProviderRefusal.NoCredential,
                "Only a GitHub App can tell all its repositories: name an organisation or a repository.", null);
        }

        return await WalkAsync(
            token, GitHubSubject.Repository("the repositories", organization), ["orgs", organization, "repos"], null,
            item => Add(found, item, null), cancellation);
    }

    private async Task<ProviderRefusal?> WalkAsync(
        GitHubCredential credential, GitHubSubject subject, string[] path, string? listName, Action<JsonElement> take,
        CancellationToken cancellation)
    {
        for (var page = 1; page <= PagesMax; page++)
        {
            var query = string.Create(
                CultureInfo.InvariantCulture, $"per_page={GitHubRunSource.PageItems}&page={page}");
            var question = new GitHubQuestion(
                GitHubAddress.WithQuery(configuration.ApiUrl, query, path), credential, subject);
            var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
            if (refusal is not null)
                return refusal;
            using var answer = GitHubJson.Parse(body);
            if (ItemsOf(answer, listName) is not { } items)
                return GitHubRefusals.Malformed(question, "is of another form than GitHub documents");
            foreach (var item in items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
                take(item);
            if (items.GetArrayLength() < GitHubRunSource.PageItems)
                return null;
        }

        return new ProviderRefusal(
            ProviderRefusal.TooLarge,
            FormattableString.Invariant(
                $"GitHub lists {PagesMax * GitHubRunSource.PageItems} or more for {subject.Text}: those beyond are ")
                + "not looked at. Collect them with --repo.",
            null);
    }

    private static JsonElement? ItemsOf(JsonDocument? answer, string? listName)
    {
        var list = listName is null
            ? answer?.RootElement
            : answer?.RootElement.FieldOf(Encoding.UTF8.GetBytes(listName));
        return list is { ValueKind: JsonValueKind.Array } ? list : null;
    }

    private static void AddInstallation(List<long> found, JsonElement item, string? organization)
    {
        var isWanted = organization is null
            || string.Equals(
                item.FieldOf("account"u8)?.TextOf("login"u8), organization, StringComparison.OrdinalIgnoreCase);
        var isSuspended = item.FieldOf("suspended_at"u8) is { ValueKind: JsonValueKind.String };
        if (isWanted && !isSuspended && item.WholeOf("id"u8) is { } number)
            found.Add(number);
    }

    private static void Add(List<RepositoryAccess> found, JsonElement item, long? installationId)
    {
        var host = Uri.TryCreate(item.TextOf("html_url"u8), UriKind.Absolute, out var address)
            ? address.Host
            : RunKey.PublicHost;
        // The rules of names are those of a run's: attempt and run id stand in for what a repository has none of.
        if (RunIdentity.Of(host, item.TextOf("full_name"u8), 1, 1) is { } checkedName)
            found.Add(RepositoryAccess.Of(checkedName, installationId));
    }
}
