using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Apps;

/// <summary>The App, where it is installed, and the tokens of its installations.</summary>
internal sealed class AppRoom(FakeApp app, Estate estate, Func<Uri> root) : IRoom
{
    private const int RepositoriesMax = 500;

    public ApiAnswer? Answer(ApiCall call) => (call.Method, call.Path) switch
    {
        (_, ["app", "hook", ..]) => null,
        (_, ["app", ..]) => call.Caller is { IsApp: true } ? OfApp(call) : NoJwt(),
        ("GET", ["repos", var owner, var name, "installation"]) =>
            call.Caller is { IsApp: true } ? InstallationOn(call, owner, name) : NoJwt(),
        // Where a renamed repository sends on to.
        ("GET", ["repositories", var id, "installation"]) => call.Caller is { IsApp: true }
            ? Described(estate.Repositories.FirstOrDefault(item => Text(item.Id) == id))
            : NoJwt(),
        ("GET", ["installation", "repositories"]) => call.Caller?.Installation is { } token
            ? Repositories(call, token)
            : ApiAnswer.Error(403, "You must authenticate with an installation access token"),
        ("POST", ["app-manifests", var code, "conversions"]) =>
            app.TakeManifestCode(code) ? ApiAnswer.Of(Converted(), 201) : ApiAnswer.NotFound,
        _ => null,
    };

    private static ApiAnswer NoJwt() => ApiAnswer.Error(401, "A JSON web token could not be decoded");

    private ApiAnswer OfApp(ApiCall call) => (call.Method, call.Path) switch
    {
        ("GET", ["app"]) => ApiAnswer.Of(Described()),
        ("GET", ["app", "installations"]) => Installations(call),
        ("GET", ["app", "installations", var id]) =>
            Find(id) is { } found ? ApiAnswer.Of(found.Json(app, root())) : ApiAnswer.NotFound,
        ("POST", ["app", "installations", var id, "access_tokens"]) =>
            Find(id) is { } found ? Issue(call, found) : ApiAnswer.NotFound,
        _ => ApiAnswer.NotFound,
    };

    private FakeInstallation? Find(string id) => app.Installations.FirstOrDefault(
        item => !item.IsUninstalled && Text(item.Id) == id);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private ApiAnswer Installations(ApiCall call)
    {
        var (items, link) = ApiPage.Of(call, root(), [.. app.Installations.Where(item => !item.IsUninstalled)]);
        var answer = ApiAnswer.Of(new JsonArray([.. items.Select(item => item.Json(app, root()))]));
        return link.Length == 0 ? answer : answer.With("Link", link);
    }

    private ApiAnswer InstallationOn(ApiCall call, string owner, string name)
    {
        var (repository, hasMoved) = estate.Find(owner, name);
        return hasMoved && repository is not null
            ? RepositoryRoom.Moved(call, repository, root())
            : Described(repository);
    }

    private ApiAnswer Described(FakeRepository? repository) =>
        repository is not null && app.InstallationOf(repository) is { } installation
            ? ApiAnswer.Of(installation.Json(app, root()))
            : ApiAnswer.NotFound;

    private ApiAnswer Issue(ApiCall call, FakeInstallation installation)
    {
        if (installation.SuspendedAt is not null)
            return ApiAnswer.Error(403, "This installation has been suspended");
        if (!TryParse(call.Body, out var asked))
            return ApiAnswer.Error(400, "Problems parsing JSON");
        var permissions = (asked?["permissions"] as JsonObject)?.ToDictionary(
            item => item.Key, item => item.Value!.GetValue<string>(), StringComparer.Ordinal)
            ?? installation.Permissions;
        if (!permissions.All(item => IsGranted(installation, item.Key, item.Value)))
        {
            return ApiAnswer.Error(
                422, "The permissions requested are not granted to this installation.");
        }

        var ids = RepositoryIds(asked, installation);
        if (ids is { Count: 0 or > RepositoriesMax })
            return ApiAnswer.Error(422, "There is at least one repository that does not exist or is not accessible");
        var token = app.Issue(installation, new Dictionary<string, string>(permissions, StringComparer.Ordinal), ids);
        return ApiAnswer.Of(
            new JsonObject
            {
                ["token"] = token.Text,
                ["expires_at"] = ApiTime.Text(token.ExpiresAt),
                ["permissions"] = PermissionJson.Of(token.Permissions),
                ["repository_selection"] = ids is null ? installation.Selection : "selected",
            },
            201);
    }

    private static bool TryParse(string body, out JsonObject? asked)
    {
        asked = null;
        try
        {
            asked = body.Length == 0 ? null : JsonNode.Parse(body) as JsonObject;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Empty for a repository that the installation lacks.
    private HashSet<long>? RepositoryIds(JsonObject? asked, FakeInstallation installation)
    {
        var names = (asked?["repositories"] as JsonArray)?.Select(item => item!.GetValue<string>()).ToList();
        var numbers = (asked?["repository_ids"] as JsonArray)?.Select(item => item!.GetValue<long>()).ToList();
        if (names is null && numbers is null)
            return null;
        var found = estate.Repositories.Where(installation.Has)
            .Where(item => names?.Contains(item.Name, StringComparer.OrdinalIgnoreCase) == true
                || numbers?.Contains(item.Id) == true)
            .Select(item => item.Id)
            .ToHashSet();
        return found.Count == (names?.Count ?? 0) + (numbers?.Count ?? 0) ? found : [];
    }

    private static bool IsGranted(FakeInstallation installation, string permission, string level) =>
        installation.Permissions.TryGetValue(permission, out var granted) && (granted == level || granted == "write");

    private ApiAnswer Repositories(ApiCall call, InstallationToken token)
    {
        var all = estate.Repositories.Where(token.Sees).ToList();
        var (items, link) = ApiPage.Of(call, root(), all);
        var answer = ApiAnswer.Of(new JsonObject
        {
            ["total_count"] = all.Count,
            ["repository_selection"] = token.Installation.Selection,
            ["repositories"] = new JsonArray([.. items.Select(RepositoryJson.Of)]),
        });
        return link.Length == 0 ? answer : answer.With("Link", link);
    }

    private JsonObject Described() => new()
    {
        ["id"] = app.Id,
        ["slug"] = app.Slug,
        ["client_id"] = app.ClientId,
        ["name"] = "TokenLedger (fake)",
        ["html_url"] = $"https://github.com/apps/{app.Slug}",
        ["permissions"] = PermissionJson.Of(app.Permissions),
        ["events"] = new JsonArray([.. app.Events.Select(name => (JsonNode)name)]),
        ["installations_count"] = app.Installations.Count(item => !item.IsUninstalled),
    };

    private JsonObject Converted()
    {
        var answer = Described();
        answer["client_secret"] = "onlyTheFakeOneKnowsThisClientSecret";
        answer["pem"] = app.PrivateKey;
        answer["webhook_secret"] = app.WebhookSecret;
        return answer;
    }
}
