using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>Repositories, their runs, jobs and artifacts.</summary>
internal sealed class RepositoryRoom(Estate estate, FakeDownloads downloads, Func<Uri> root) : IRoom
{
    private const string Permission = "actions";

    // Of a filtered list only so many can be reached, whatever it counts (documented, 2026-10).
    private const int FilteredMax = 1_000;

    public ApiAnswer? Answer(ApiCall call)
    {
        if (call is not { Method: "GET" or "POST" or "PUT", Caller: { IsApp: false } caller })
            return null;
        var (repository, hasMoved, rest) = call.Path switch
        {
            ["repos", var owner, var name, .. var path] when path is not ["installation"] =>
                (estate.Find(owner, name).Repository, estate.Find(owner, name).HasMoved, path),
            ["repositories", var id, .. var path] =>
                (estate.Repositories.FirstOrDefault(item => Text(item.Id) == id), false, path),
            _ => (null, false, null),
        };
        if (rest is null || (call.Method is not "GET" && rest is not ["actions", ..]))
            return null;
        if (repository is null || !caller.Sees(repository))
            return ApiAnswer.NotFound;
        if (hasMoved)
            return Moved(call, repository, root());
        return rest switch
        {
            [] => ApiAnswer.Of(RepositoryJson.Of(repository)),
            ["actions", .. var path] when call.Method is not "GET" => caller.MayWrite(Permission)
                ? RepositoryChanges.Make(call, repository, path)
                : ApiAnswer.Forbidden(Permission, "write"),
            ["actions", "workflows", var file] => caller.May(Permission)
                ? RepositoryChanges.Workflow(repository, file) : ApiAnswer.Forbidden(Permission),
            ["actions", .. var path] =>
                caller.May(Permission) ? OfActions(call, repository, path) : ApiAnswer.Forbidden(Permission),
            ["pulls", var number] =>
                caller.May("pull_requests") ? Item(repository, number, ofPulls: true)
                    : ApiAnswer.Forbidden("pull_requests"),
            ["issues", var number] =>
                caller.May("issues") ? Item(repository, number, ofPulls: false) : ApiAnswer.Forbidden("issues"),
            _ => ApiAnswer.NotFound,
        };
    }

    private static ApiAnswer Item(FakeRepository repository, string number, bool ofPulls) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
        && repository.Items.TryGetValue(parsed, out var item) && (item.IsPullRequest || !ofPulls)
            ? ApiAnswer.Of(ofPulls || !item.IsPullRequest ? item.Item.DeepClone().AsObject() : new JsonObject
            {
                ["number"] = parsed,
                ["state"] = item.Item["state"]?.DeepClone(),
                ["created_at"] = item.Item["created_at"]?.DeepClone(),
                ["updated_at"] = item.Item["updated_at"]?.DeepClone(),
                ["html_url"] = item.Item["html_url"]?.DeepClone(),
                ["pull_request"] = new JsonObject(),
            })
            : ApiAnswer.NotFound;

    /// <summary>Where a renamed repository is: GitHub sends on to its id, which outlives every name.</summary>
    public static ApiAnswer Moved(ApiCall call, FakeRepository repository, Uri root)
    {
        var query = call.Target.Split('?', 2) is [_, var text] ? "?" + text : "";
        var place = $"{root.AbsoluteUri}repositories/{Text(repository.Id)}"
            + string.Concat(call.Path.Skip(3).Select(part => "/" + Uri.EscapeDataString(part))) + query;
        return ApiAnswer.Of(
            new JsonObject { ["message"] = "Moved Permanently", ["url"] = place }, 301).With("Location", place);
    }

    private ApiAnswer OfActions(ApiCall call, FakeRepository repository, string[] path) => path switch
    {
        ["runs"] => Runs(call, repository),
        ["runs", var id, .. var rest] =>
            repository.Runs.FirstOrDefault(run => Text(run.Id) == id) is { } run
                ? OfRun(call, run, rest)
                : ApiAnswer.NotFound,
        ["artifacts", var id, .. var rest] =>
            repository.Runs.SelectMany(run => run.Artifacts).FirstOrDefault(item => Text(item.Id) == id) is { } found
                ? OfArtifact(found, rest, call.Now)
                : ApiAnswer.NotFound,
        _ => ApiAnswer.NotFound,
    };

    private ApiAnswer OfRun(ApiCall call, FakeRun run, string[] path) => path switch
    {
        [] => ApiAnswer.Of(RunJson.Of(run.Latest, root())),
        ["artifacts"] => Listed(
            call, "artifacts",
            [.. run.Artifacts.Where(item => call.Query["name"] is not [var name] || item.Name == name)],
            item => RunJson.Of(item, root())),
        ["attempts", var number, .. var rest] =>
            run.Attempts.FirstOrDefault(item => Text(item.Number) == number) is { } attempt
                ? OfAttempt(call, attempt, rest)
                : ApiAnswer.NotFound,
        _ => ApiAnswer.NotFound,
    };

    private ApiAnswer OfAttempt(ApiCall call, FakeRunAttempt attempt, string[] path) => path switch
    {
        [] => ApiAnswer.Of(RunJson.Of(attempt, root())),
        ["jobs"] => Listed(call, "jobs", attempt.Jobs, job => RunJson.Of(job, attempt)),
        _ => ApiAnswer.NotFound,
    };

    private ApiAnswer OfArtifact(FakeArtifact artifact, string[] path, DateTimeOffset now) => path switch
    {
        [] => ApiAnswer.Of(RunJson.Of(artifact, root())),
        ["zip"] when artifact.IsExpired => ApiAnswer.Error(410, "Artifact has expired"),
        ["zip"] => new ApiAnswer(302, default).With("Location", downloads.AddressOf(artifact, now).AbsoluteUri),
        _ => ApiAnswer.NotFound,
    };

    private ApiAnswer Runs(ApiCall call, FakeRepository repository)
    {
        IEnumerable<FakeRun> runs = repository.Runs
            .OrderByDescending(run => run.CreatedAt)
            .ThenByDescending(run => run.Id);
        var isFiltered = false;
        if (call.Query["created"] is [{ } created])
        {
            if (CreatedRange.Of(created) is not { } range)
                return ApiAnswer.Error(422, "Validation Failed");
            runs = runs.Where(run => range.Has(run.CreatedAt));
            isFiltered = true;
        }

        if (call.Query["status"] is [{ } status])
        {
            runs = runs.Where(run => run.Latest.Status == status || run.Latest.Conclusion == status);
            isFiltered = true;
        }

        var all = runs.ToList();
        return Listed(
            call, "workflow_runs", isFiltered ? all.Take(FilteredMax).ToList() : all,
            run => RunJson.Of(run.Latest, root()), all.Count);
    }

    private ApiAnswer Listed<T>(
        ApiCall call, string name, IReadOnlyList<T> all, Func<T, JsonObject> json, int? totalCount = null)
    {
        var (items, link) = ApiPage.Of(call, root(), all);
        var answer = ApiAnswer.Of(new JsonObject
        {
            ["total_count"] = totalCount ?? all.Count,
            [name] = new JsonArray([.. items.Select(json)]),
        });
        return link.Length == 0 ? answer : answer.With("Link", link);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
