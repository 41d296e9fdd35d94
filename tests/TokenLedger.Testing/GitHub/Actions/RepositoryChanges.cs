using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>What changes a repository's runs and workflows: cancel, disable, enable (documented, 2026-11).</summary>
internal static class RepositoryChanges
{
    public static ApiAnswer Make(ApiCall call, FakeRepository repository, string[] path) => (call.Method, path) switch
    {
        ("POST", ["runs", var id, "cancel"]) => Cancel(call, repository, id),
        ("PUT", ["workflows", var file, "disable"]) => Enable(repository, file, isEnabled: false),
        ("PUT", ["workflows", var file, "enable"]) => Enable(repository, file, isEnabled: true),
        _ => ApiAnswer.NotFound,
    };

    public static ApiAnswer Workflow(FakeRepository repository, string file) => PathOf(repository, file) is { } path
        ? ApiAnswer.Of(new JsonObject
        {
            ["id"] = 161_335,
            ["name"] = file,
            ["path"] = path,
            ["state"] = repository.DisabledWorkflows.Contains(file) ? "disabled_manually" : "active",
        })
        : ApiAnswer.NotFound;

    private static ApiAnswer Cancel(ApiCall call, FakeRepository repository, string id)
    {
        var run = repository.Runs.FirstOrDefault(run => run.Id.ToString(CultureInfo.InvariantCulture) == id);
        if (run is null)
            return ApiAnswer.NotFound;
        if (run.Latest.Status == "completed")
            return ApiAnswer.Error(409, "Cannot cancel a workflow run that is completed.");
        run.Latest.Finish(call.Now, "cancelled");
        return ApiAnswer.Of(new JsonObject(), 202);
    }

    private static ApiAnswer Enable(FakeRepository repository, string file, bool isEnabled)
    {
        if (PathOf(repository, file) is null)
            return ApiAnswer.NotFound;
        repository.Enable(file, isEnabled);
        return new ApiAnswer(204, default);
    }

    // A repository has the workflows that ever ran in it.
    private static string? PathOf(FakeRepository repository, string file) => repository.Runs
        .Select(run => run.WorkflowPath)
        .FirstOrDefault(path => path.EndsWith("/" + file, StringComparison.Ordinal));
}
