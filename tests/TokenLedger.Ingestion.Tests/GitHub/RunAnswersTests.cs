using System.Text;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Ingestion.Tests.GitHub;

public sealed class RunAnswersTests
{
    private const string Run =
        """
        {"id":19384756201,"name":"Issue triage agent","path":".github/workflows/issue-triage.lock.yml@refs/heads/main",
        "run_number":163,"run_attempt":2,"event":"issues","status":"completed","conclusion":"success",
        "created_at":"2026-11-18T23:51:02Z","run_started_at":"2026-11-18T23:58:40Z",
        "html_url":"https://github.com/acme/webshop/actions/runs/19384756201",
        "actor":{"login":"octocat"},"triggering_actor":{"login":"hubot"},"pull_requests":[{"number":7},{"number":8}],
        "repository":{"id":300029405,"full_name":"acme/webshop"}}
        """;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_run_is_read_with_its_attempt_and_its_people()
    {
        var found = RunAnswers.ReadRun(Bytes(Run))!;
        Assert.True(found.IsFinished);
        Assert.Equal(new DateTimeOffset(2026, 11, 18, 23, 51, 2, TimeSpan.Zero), found.CreatedAt);
        var facts = found.Facts;
        Assert.Equal(
            ("acme/webshop", 19384756201, 2, 300029405L, ".github/workflows/issue-triage.lock.yml"),
            (facts.Run.Repository, facts.Run.RunId, facts.Run.Attempt, facts.Run.RepositoryId!.Value, facts.WorkflowPath));
        Assert.Equal(("octocat", "hubot"), (facts.Actor, facts.TriggeringActor));
        Assert.Null(facts.PullRequest);
        Assert.True(facts.HasSeveralPullRequests);
    }

    [Theory]
    [InlineData("in_progress", false)]
    [InlineData("queued", false)]
    [InlineData("completed", true)]
    public void Only_a_completed_run_is_finished(string status, bool expected) => Assert.Equal(
        expected,
        RunAnswers.ReadRun(Bytes(Run.Replace("\"completed\"", $"\"{status}\"", StringComparison.Ordinal)))!.IsFinished);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\":")]
    [InlineData("<html>")]
    [InlineData("{\"id\":7,\"repository\":{\"full_name\":\"acme\"},\"created_at\":\"2026-11-18T23:51:02Z\"}")]
    public void What_is_no_run_is_null(string body) => Assert.Null(RunAnswers.ReadRun(Bytes(body)));

    [Fact]
    public void A_page_counts_what_it_cannot_read()
    {
        var page = RunAnswers.ReadRuns(Bytes($$"""{"total_count":205,"workflow_runs":[{{Run}},{"id":"x"}]}"""))!;
        Assert.Equal((1, 2, 205L), (page.Runs.Count, page.Count, page.TotalCount));
        Assert.Null(RunAnswers.ReadRuns(Bytes("{\"runs\":[]}")));
        Assert.Null(RunAnswers.ReadRuns(Bytes("<html>")));
    }

    [Fact]
    public void Artifacts_are_read_with_what_GitHub_may_leave_out()
    {
        var page = RunAnswers.ReadArtifacts(Bytes(
            """
            {"total_count":3,"artifacts":[
            {"id":11,"name":"agent","size_in_bytes":4096,"expired":false,"created_at":"2026-11-19T00:05:00Z"},
            {"id":12,"name":"old","size_in_bytes":-1,"expired":true,"created_at":null},
            {"id":0,"name":"none"},{"name":"none"}]}
            """))!;
        Assert.Equal(
            [
                new RunArtifact(11, "agent", 4096, false, new DateTimeOffset(2026, 11, 19, 0, 5, 0, TimeSpan.Zero)),
                new RunArtifact(12, "old", 0, true, null),
            ],
            page.Artifacts);
        Assert.Equal((4, 3L), (page.Count, page.TotalCount));
    }

    [Fact]
    public void Jobs_add_up_to_the_minutes_that_ran()
    {
        var page = RunAnswers.ReadJobs(Bytes(
            """
            {"total_count":4,"jobs":[
            {"started_at":"2026-11-19T00:00:00Z","completed_at":"2026-11-19T00:01:01Z"},
            {"started_at":"2026-11-19T00:00:00Z","completed_at":"2026-11-19T00:00:05Z"},
            {"started_at":"2026-11-19T00:00:00Z","completed_at":null},
            {"started_at":"2026-11-19T00:00:09Z","completed_at":"2026-11-19T00:00:00Z"}]}
            """))!;
        Assert.Equal((3L, 4, 4L), (page.Minutes, page.Count, page.TotalCount));
        Assert.Null(RunAnswers.ReadJobs(Bytes("{}")));
    }
}
