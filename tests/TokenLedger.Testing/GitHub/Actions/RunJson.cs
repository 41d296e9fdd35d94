using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>Runs, jobs and artifacts as JSON.</summary>
internal static class RunJson
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public static JsonObject Of(FakeRunAttempt attempt, Uri root)
    {
        var run = attempt.Run;
        var url = $"{Url(run.Repository, root)}/actions/runs/{Text(run.Id)}";
        return new JsonObject
        {
            ["id"] = run.Id,
            ["name"] = run.WorkflowName,
            ["node_id"] = $"WFR_{Text(run.Id)}",
            ["check_suite_id"] = run.Id + 1,
            ["head_branch"] = run.HeadBranch,
            ["head_sha"] = "3484a3fb816e0859fd6e1cea078d76385ff50625",
            ["path"] = run.WorkflowPath,
            ["display_title"] = run.WorkflowName,
            ["run_number"] = (run.Id % 1_000) + 1,
            ["run_attempt"] = attempt.Number,
            ["event"] = run.Event,
            ["status"] = attempt.Status,
            ["conclusion"] = attempt.Conclusion,
            ["workflow_id"] = 98_123_456,
            ["created_at"] = ApiTime.Text(run.CreatedAt),
            ["run_started_at"] = ApiTime.Text(attempt.StartedAt),
            ["updated_at"] = ApiTime.Text(attempt.UpdatedAt),
            ["actor"] = Person(run.Actor),
            ["triggering_actor"] = Person(attempt.TriggeringActor ?? run.Actor),
            ["pull_requests"] = new JsonArray([.. run.PullRequests.Select(PullRequest)]),
            ["head_commit"] = null,
            ["url"] = url,
            ["html_url"] = $"https://github.com/{run.Repository.FullName}/actions/runs/{Text(run.Id)}",
            ["jobs_url"] = $"{url}/jobs",
            ["logs_url"] = $"{url}/logs",
            ["artifacts_url"] = $"{url}/artifacts",
            ["rerun_url"] = $"{url}/rerun",
            ["previous_attempt_url"] = attempt.Number == 1 ? null : $"{url}/attempts/{Text(attempt.Number - 1)}",
            ["repository"] = RepositoryJson.Of(run.Repository),
            ["head_repository"] = RepositoryJson.Of(run.Repository),
        };
    }

    public static JsonObject Of(FakeJob job, FakeRunAttempt attempt) => new()
    {
        ["id"] = job.Id,
        ["run_id"] = attempt.Run.Id,
        ["run_attempt"] = attempt.Number,
        ["name"] = job.Name,
        ["status"] = "completed",
        ["conclusion"] = job.StartedAt is null ? "skipped" : "success",
        ["started_at"] = job.StartedAt is { } started ? ApiTime.Text(started) : null,
        ["completed_at"] = job.CompletedAt is { } completed ? ApiTime.Text(completed) : null,
        ["labels"] = new JsonArray("ubuntu-latest"),
    };

    public static JsonObject Of(FakeArtifact artifact, Uri root)
    {
        var url = $"{Url(artifact.Run.Repository, root)}/actions/artifacts/{Text(artifact.Id)}";
        return new JsonObject
        {
            ["id"] = artifact.Id,
            ["node_id"] = $"A_{Text(artifact.Id)}",
            ["name"] = artifact.Name,
            ["size_in_bytes"] = artifact.Zip.Length,
            ["url"] = url,
            ["archive_download_url"] = $"{url}/zip",
            ["expired"] = artifact.IsExpired,
            ["created_at"] = ApiTime.Text(artifact.CreatedAt),
            ["updated_at"] = ApiTime.Text(artifact.CreatedAt),
            ["expires_at"] = ApiTime.Text(artifact.CreatedAt + Kept),
            ["digest"] = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(artifact.Zip))}",
            ["workflow_run"] = new JsonObject
            {
                ["id"] = artifact.Run.Id,
                ["repository_id"] = artifact.Run.Repository.Id,
                ["head_repository_id"] = artifact.Run.Repository.Id,
                ["head_branch"] = artifact.Run.HeadBranch,
                ["head_sha"] = "3484a3fb816e0859fd6e1cea078d76385ff50625",
            },
        };
    }

    private static JsonObject Person(string login) => new()
    {
        ["login"] = login,
        ["id"] = 583_231,
        ["type"] = "User",
    };

    private static JsonObject PullRequest(int number) => new()
    {
        ["id"] = 1_000_000 + number,
        ["number"] = number,
        ["head"] = new JsonObject { ["ref"] = "topic" },
        ["base"] = new JsonObject { ["ref"] = "main" },
    };

    private static string Url(FakeRepository repository, Uri root) =>
        $"{root.AbsoluteUri}repos/{repository.FullName}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
