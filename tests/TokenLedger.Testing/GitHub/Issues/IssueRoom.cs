using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Issues;

/// <summary>Issues of repositories and their comments.</summary>
internal sealed class IssueRoom(Estate estate) : IRoom
{
    private const string Permission = "issues";
    private const int BodyMax = 65_536;

    public ApiAnswer? Answer(ApiCall call)
    {
        if (call.Path is not ["repos", var owner, var name, "issues", .. var path]
            || call.Caller is not { IsApp: false } caller)
            return null;
        if (estate.Find(owner, name) is not { Repository: { } repository, HasMoved: false }
            || !caller.Sees(repository))
            return ApiAnswer.NotFound;
        // One that nobody wrote here may be told elsewhere.
        if (call.Method == "GET" && path is [var wanted] && Find(repository, wanted) is null)
            return null;
        if (!repository.HasIssues)
            return ApiAnswer.Error(410, "Issues are disabled for this repo");
        if (call.Method == "GET" ? !caller.May(Permission) : !caller.MayWrite(Permission))
            return ApiAnswer.Forbidden(Permission);
        var body = call.Body.Length == 0 ? null : JsonNode.Parse(call.Body) as JsonObject;
        if (body?["body"]?.GetValue<string>().Length > BodyMax)
            return ApiAnswer.Error(422, "Validation Failed");
        return path switch
        {
            [] when call.Method == "GET" => Listed(call, repository),
            [] when call.Method == "POST" && body is not null => Created(repository, body),
            [var number, .. var rest] when Find(repository, number) is { } issue => OfIssue(call, issue, rest, body),
            _ => ApiAnswer.NotFound,
        };
    }

    private static ApiAnswer OfIssue(ApiCall call, FakeIssue issue, string[] path, JsonObject? body)
    {
        switch (path, call.Method)
        {
            case ([], "GET"):
                return ApiAnswer.Of(JsonOf(issue));
            case ([], "PATCH"):
                issue.Body = body?["body"]?.GetValue<string>() ?? issue.Body;
                issue.IsOpen = body?["state"]?.GetValue<string>() is { } state ? state == "open" : issue.IsOpen;
                return ApiAnswer.Of(JsonOf(issue));
            case (["comments"], "GET"):
                var size = call.Number("per_page", 30, 100);
                return ApiAnswer.Of(new JsonArray(
                [
                    .. issue.Comments.Skip((call.Number("page", 1, 1_000) - 1) * size).Take(size)
                        .Select(comment => new JsonObject { ["body"] = comment }),
                ]));
            case (["comments"], "POST"):
                issue.Add(body!["body"]!.GetValue<string>());
                return ApiAnswer.Of(new JsonObject { ["id"] = issue.Comments.Count }, 201);
            default:
                return ApiAnswer.NotFound;
        }
    }

    private static ApiAnswer Listed(ApiCall call, FakeRepository repository)
    {
        var wanted = call.Query["labels"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var size = call.Number("per_page", 30, 100);
        return ApiAnswer.Of(new JsonArray(
        [
            .. repository.Issues
                .Where(issue => call.Query["state"] == "all" || issue.IsOpen)
                .Where(issue => wanted.All(label => issue.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)))
                .OrderByDescending(issue => issue.Number)
                .Skip((call.Number("page", 1, 1_000) - 1) * size)
                .Take(size)
                .Select(JsonOf),
        ]));
    }

    private static ApiAnswer Created(FakeRepository repository, JsonObject body) => ApiAnswer.Of(
        JsonOf(repository.AddIssue(
            body["title"]!.GetValue<string>(), body["body"]!.GetValue<string>(),
            [.. body["labels"]!.AsArray().Select(label => label!.GetValue<string>())])),
        201);

    private static FakeIssue? Find(FakeRepository repository, string number) => repository.Issues
        .FirstOrDefault(issue => issue.Number.ToString(CultureInfo.InvariantCulture) == number);

    private static JsonObject JsonOf(FakeIssue issue) => new()
    {
        ["number"] = issue.Number,
        ["title"] = issue.Title,
        ["body"] = issue.Body,
        ["state"] = issue.IsOpen ? "open" : "closed",
        ["labels"] = new JsonArray([.. issue.Labels.Select(label => new JsonObject { ["name"] = label })]),
    };
}
