using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub.Probing;

/// <summary>Asks GitHub about the App itself.</summary>
internal sealed class AppProbing(
    GitHubConfiguration configuration,
    GitHubCredentials credentials,
    Func<GitHubQuestion, Func<ReadOnlyMemory<byte>, ProviderRefusal?>, CancellationToken,
        Task<(ProbeAnswer Probe, GitHubAnswer Answer)>> ask)
{
    // One page of each list: enough to find what is wrong.
    private const string OnePage = "per_page=100";

    // Each costs a request.
    private const int TokensMax = 20;

    public async Task<AppProbe> RunAsync(CancellationToken cancellation)
    {
        var (app, refused) = credentials.OfApp();
        if (app is null)
        {
            return new AppProbe(new ProbeAnswer(ProbeOutcome.Unauthorized, null, refused!.Message));
        }

        using var described = await AskAsync(app, "the App", "", ["app"], JsonValueKind.Object, cancellation);
        if (described.Root is not { } root)
            return new AppProbe(described.Probe);
        using var installed = await AskAsync(
            app, "the App's installations", OnePage, ["app", "installations"], JsonValueKind.Array, cancellation);
        using var hook = await AskAsync(
            app, "the App's webhook", "", ["app", "hook", "config"], JsonValueKind.Object, cancellation);
        using var deliveries = await AskAsync(
            app, "the App's deliveries", OnePage, ["app", "hook", "deliveries"], JsonValueKind.Array, cancellation);
        return new AppProbe(described.Probe)
        {
            Name = AppJson.Text(root, "name"),
            Slug = AppJson.Text(root, "slug"),
            Permissions = AppJson.Permissions(root),
            Events = AppJson.Texts(root, "events"),
            InstallationsAnswer = installed.Probe,
            Installations = await InstallationsAsync(installed.Root, cancellation),
            Hook = hook.Root is { } set ? AppJson.Hook(set) : null,
            Deliveries = deliveries.Root is { } list ? AppJson.Deliveries(list) : null,
        };
    }

    private async Task<IReadOnlyList<InstallationProbe>> InstallationsAsync(
        JsonElement? list, CancellationToken cancellation)
    {
        var found = new List<InstallationProbe>();
        if (list is not { } items)
            return found;
        foreach (var item in items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
        {
            if (AppJson.Installation(item) is not { } installation)
                continue;
            var token = installation.IsSuspended || found.Count >= TokensMax
                ? null
                : await TokenAsync(installation.Id, cancellation);
            found.Add(installation with { Token = token });
        }

        return found;
    }

    private async Task<ProbeAnswer?> TokenAsync(long id, CancellationToken cancellation)
    {
        var (app, _) = credentials.OfApp();
        if (app is null)
            return null;
        var question = new GitHubQuestion(
            GitHubAddress.Of(
                configuration.ApiUrl, "app", "installations", id.ToString(CultureInfo.InvariantCulture),
                "access_tokens"),
            app, GitHubSubject.App(string.Create(CultureInfo.InvariantCulture, $"a token of installation {id}")))
        {
            Method = HttpMethod.Post,
            Body = GitHubCredentials.NeededOfInstallation,
        };
        return (await ask(question, static _ => null, cancellation)).Probe;
    }

    private async Task<ProbedJson> AskAsync(
        GitHubCredential app, string what, string query, string[] path, JsonValueKind kind,
        CancellationToken cancellation)
    {
        var question = new GitHubQuestion(
            GitHubAddress.WithQuery(configuration.ApiUrl, query, path), app, GitHubSubject.App(what));
        JsonDocument? read = null;
        var (probe, _) = await ask(
            question,
            body =>
            {
                read = GitHubJson.Parse(body);
                return read?.RootElement.ValueKind == kind
                    ? null
                    : GitHubRefusals.Malformed(question, "is of another form than GitHub documents");
            },
            cancellation);
        return new ProbedJson(probe, read);
    }
}
