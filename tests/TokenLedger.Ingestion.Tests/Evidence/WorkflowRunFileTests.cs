using System.Text;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Evidence;

public sealed class WorkflowRunFileTests
{
    private static readonly WorkflowRunFacts Facts =
        new(new RunIdentity("github.com", "Acme", "Shop", 4711, 1, 77))
        {
            WorkflowName = "Triage \"now\"",
            WorkflowPath = ".github/workflows/triage.lock.yml",
            Event = "issues",
            Conclusion = "cancelled",
            Actor = "alice",
            TriggeringActor = "bob",
            PullRequest = 5,
            HeadBranch = "topic/x",
            StartedAt = new DateTimeOffset(2026, 10, 9, 7, 0, 0, TimeSpan.FromHours(2)),
        };

    private static string Text(EvidenceFile file)
    {
        using var reader = new StreamReader(file.OpenRead());
        return reader.ReadToEnd();
    }

    [Fact]
    public void Its_bytes_are_these() => Assert.Equal(
        """
        {"schema":"tokenledger/workflow-run/v1","host":"github.com","repository":"Acme/Shop","repositoryId":77,
        "runId":4711,"attempt":1,"workflowName":"Triage \u0022now\u0022",
        "workflowPath":".github/workflows/triage.lock.yml","event":"issues","conclusion":"cancelled","actor":"alice",
        "triggeringActor":"bob","pullRequest":5,"headBranch":"topic/x","startedAt":"2026-10-09T05:00:00Z"}
        """.ReplaceLineEndings(""),
        Text(WorkflowRunFile.Create(Facts)));

    [Fact]
    public void What_is_written_is_read_again()
    {
        Assert.Equal(Facts, WorkflowRunFile.Read(WorkflowRunFile.Create(Facts), problem => Assert.Fail(problem.Message)));
        var bare = new WorkflowRunFacts(Facts.Run with { RepositoryId = null });
        var several = Facts with { PullRequest = null, HasSeveralPullRequests = true };
        Assert.Equal(
            several, WorkflowRunFile.Read(WorkflowRunFile.Create(several), problem => Assert.Fail(problem.Message)));
        Assert.Equal(bare, WorkflowRunFile.Read(WorkflowRunFile.Create(bare), problem => Assert.Fail(problem.Message)));
    }

    [Theory]
    [InlineData("workflow_run.json", "{\"schema\":\"tokenledger/workflow-run/v1\"}", true)]
    [InlineData("a/Workflow_Run.json", "{\"schema\":\"tokenledger/workflow-run/v1\"}", true)]
    [InlineData("workflow_run.json", "{\"schema\":\"tokenledger/workflow-run/v2\"}", false)]
    [InlineData("workflow_run.json", "{\"action\":\"completed\",\"workflow_run\":{}}", false)]
    [InlineData("other.json", "{\"schema\":\"tokenledger/workflow-run/v1\"}", false)]
    public void It_is_told_by_name_and_content(string path, string content, bool expected)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var file = new EvidenceFile(path, bytes.Length, () => new MemoryStream(bytes));
        Assert.Equal(expected, EvidenceRecognition.KindOf(file) == EvidenceKind.WorkflowRun);
    }

    [Fact]
    public void It_tells_which_run_a_folder_is_of()
    {
        using var folder = new TemporaryFolder();
        folder.Write("evidence/workflow_run.json", Text(WorkflowRunFile.Create(Facts with { Run = Facts.Run with { Attempt = 2 } })));
        var bundle = Assert.Single(EvidenceBundles.Open(Path.Combine(folder.Path, "evidence")));
        Assert.Equal(Facts.Run with { Attempt = 2 }, RunIdentification.Identify(bundle, new IdentityHints()).Identity);
        Assert.True(RunIdentification.Identify(bundle, new IdentityHints { RunId = 1 }).IsContradiction);
    }

    [Fact]
    public void It_stands_between_the_runs_own_record_and_gh_aw()
    {
        var alone = new RunFiles().AddUpload(1, "github", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(Facts)));
        var facts = alone.FoldOne().Facts;
        Assert.Equal(
            ("Triage \"now\"", ".github/workflows/triage.lock.yml", "issues", "alice", 5L, "cancelled", 77L),
            (facts.WorkflowName, facts.WorkflowPath, facts.Event, facts.Actor, facts.PullRequest!.Value, facts.Conclusion,
                facts.RepositoryId!.Value));
        Assert.Equal(Facts.StartedAt, facts.StartedAt);
        var all = alone
            .Add("gh-aw-run.json", """{"run_id":4711,"workflow_name":"Other","conclusion":"success","actor":"carol"}""")
            .Add("aw_info.json", """{"workflow_name":"Own","created_at":"2026-10-09T05:01:00Z"}""")
            .FoldOne().Facts;
        Assert.Equal(
            ("Own", "alice", "cancelled", Facts.StartedAt!.Value.AddMinutes(1)),
            (all.WorkflowName, all.Actor, all.Conclusion, all.StartedAt!.Value));
    }

    [Fact]
    public void What_it_says_of_one_attempt_is_nothing_of_another()
    {
        var second = Facts with { Run = Facts.Run with { Attempt = 2 }, Conclusion = "failure" };
        var facts = new RunFiles()
            .AddUpload(1, "copied", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(second)))
            .AddUpload(1, "github", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(Facts)))
            .FoldOne().Facts;
        Assert.Equal("cancelled", facts.Conclusion);
    }

    [Theory]
    [InlineData("issues", false, PullRequestAbsence.OtherEvent)]
    [InlineData("pull_request_target", false, PullRequestAbsence.NotNamed)]
    [InlineData("push", true, PullRequestAbsence.Several)]
    [InlineData(null, false, PullRequestAbsence.NotTold)]
    public void A_run_without_a_pull_request_says_why(string? startedBy, bool hasSeveral, PullRequestAbsence expected)
    {
        var told = Facts with { PullRequest = null, HasSeveralPullRequests = hasSeveral, Event = startedBy };
        var facts = new RunFiles()
            .AddUpload(1, "github", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(told)))
            .FoldOne().Facts;
        Assert.Equal((null, expected), (facts.PullRequest, facts.PullRequestAbsence));
    }

    [Fact]
    public void A_run_known_by_it_alone_has_no_telemetry()
    {
        var folded = new RunFiles().AddUpload(1, "github", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(Facts))).Fold();
        Assert.False(Assert.Single(folded.Attempts).HasTelemetry);
        Assert.Empty(folded.Problems);
    }

    [Theory]
    [InlineData("aw_info.json", """{"repository":"ACME/Shop"}""", "ACME/Shop")]
    [InlineData("aw_info.json", """{"repository":"acme/shop"}""", "acme/shop")]
    [InlineData("aw_info.json", "{}", "Acme/Shop")]
    public void Rows_carry_the_spelling_of_the_evidence(string path, string content, string expected)
    {
        var facts = new RunFiles()
            .AddUpload(1, "github", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(Facts)))
            .Add(path, content)
            .FoldOne().Facts;
        Assert.Equal((expected, expected.Split('/')[0]), (facts.Repository, facts.Owner));
    }

    [Fact]
    public void The_start_of_an_attempt_tells_whose_a_request_is()
    {
        var second = Facts with { Run = Facts.Run with { Attempt = 2 }, StartedAt = Facts.StartedAt!.Value.AddHours(1) };
        var folded = new RunFiles()
            .AddUpload(1, "github", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(Facts)))
            .AddUpload(2, "github", WorkflowRunFile.FileName, Text(WorkflowRunFile.Create(second)))
            .Add(
                "token-usage.jsonl",
                RunFiles.Usage("r-1", "claude-sonnet-5", "/v1/messages", (1, 2, 0, 0), time: "2026-10-09T05:30:00Z"),
                RunFiles.Usage("r-2", "claude-sonnet-5", "/v1/messages", (1, 2, 0, 0), time: "2026-10-09T06:30:00Z"))
            .Fold();
        Assert.Equal([1L, 1L], folded.Attempts.Select(attempt => attempt.Slices.Sum(slice => slice.Requests)));
        Assert.Equal(new RunKey("github.com", 4711, 2), folded.Attempts[1].Facts.Key);
    }
}
