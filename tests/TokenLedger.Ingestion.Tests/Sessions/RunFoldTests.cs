using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Tests.Sessions;

public sealed class RunFoldTests
{
    private const string Messages = "/v1/messages";

    private static ArchivedFile RecordOf(WorkflowRunFacts facts)
    {
        var file = WorkflowRunFile.Create(facts);
        return new ArchivedFile(
            1, new EvidenceFile("1/github/" + WorkflowRunFile.FileName, file.LengthBytes, file.OpenRead), "hash");
    }

    private static string Record(string id, string time = "2026-10-09T05:03:06.883Z") =>
        RunFiles.Usage(id, "claude-sonnet-5", Messages, (10, 20, 30, 40), time: time);

    [Fact]
    public void Facts_come_from_aw_info_then_gh_aw_then_flags()
    {
        var facts = new RunFiles()
            .Add("aw_info.json",
                """
                {"workflow_name":"Triage","engine_id":"claude","event_name":"issues","actor":"alice",
                "created_at":"2026-10-09T05:00:00Z","context":{"item_type":"pull_request","item_number":42,
                "workflow_id":"acme/shop/.github/workflows/triage.lock.yml@refs/heads/main"}}
                """)
            .Add("gh-aw-run.json", """{"run_id":4711,"workflow_name":"Other","conclusion":"success","actor":"bob"}""")
            .Add("tokenledger-run.json", """{"workflowPath":".github/workflows/other.yml","payer":"user:carol"}""")
            .FoldOne().Facts;
        Assert.Equal(
            ("Triage", ".github/workflows/triage.lock.yml", "claude", "issues", "alice", 42L, "success"),
            (facts.WorkflowName, facts.WorkflowPath, facts.Engine, facts.Event, facts.Actor, facts.PullRequest!.Value,
                facts.Conclusion));
        Assert.Equal(Payer.User("carol"), facts.Payer);
        Assert.Equal(new DateTimeOffset(2026, 10, 9, 5, 0, 0, TimeSpan.Zero), facts.StartedAt);
    }

    [Theory]
    [InlineData("issue", "42", 42L)]
    [InlineData("issue", "\"42\"", 42L)]
    [InlineData("issue", "0", null)]
    [InlineData("issue", "-1", null)]
    [InlineData("issue", "null", null)]
    [InlineData("pull_request", "42", null)]
    [InlineData("discussion", "42", null)]
    public void The_issue_of_a_run_is_the_one_that_its_own_record_names(string type, string number, long? expected)
    {
        var facts = new RunFiles()
            .Add("aw_info.json", $$"""{"event_name":"issues","context":{"item_type":"{{type}}","item_number":{{number}} } }""")
            .FoldOne().Facts;
        Assert.Equal(expected, facts.Issue);
    }

    [Theory]
    [InlineData("schedule", "refs/heads/main", "main")]
    [InlineData("push", "refs/heads/feature/=1+1", "feature/=1+1")]
    [InlineData("push", "refs/tags/v1", null)]
    [InlineData("push", "refs/heads/", null)]
    [InlineData("push", "main", null)]
    [InlineData("", "refs/heads/main", null)]
    [InlineData("pull_request", "refs/pull/7/merge", null)]
    [InlineData("pull_request_target", "refs/heads/main", null)]
    public void A_ref_is_the_runs_branch_only_where_it_cannot_be_another(string startedBy, string told, string? expected)
    {
        var facts = new RunFiles()
            .Add("aw_info.json", $$"""{"event_name":"{{startedBy}}","ref":"{{told}}"}""")
            .FoldOne().Facts;
        Assert.Equal(expected, facts.HeadBranch);
    }

    [Fact]
    public void The_branch_is_GitHubs_then_the_runs_own_then_gh_aws()
    {
        var files = new RunFiles().Add("gh-aw-run.json", """{"run_id":4711,"branch":"of-summary"}""");
        Assert.Equal("of-summary", files.FoldOne().Facts.HeadBranch);
        files.Add("aw_info.json", """{"event_name":"schedule","ref":"refs/heads/of-ref"}""");
        Assert.Equal("of-ref", files.FoldOne().Facts.HeadBranch);
        files.AddArchived(RecordOf(new WorkflowRunFacts(RunFiles.Run) { HeadBranch = "of-GitHub" }));
        Assert.Equal("of-GitHub", files.FoldOne().Facts.HeadBranch);
    }

    [Fact]
    public void What_nobody_tells_of_branch_and_issue_stays_unknown()
    {
        var facts = new RunFiles()
            .Add("aw_info.json", """{"event_name":"issues","actor":"alice"}""")
            .AddArchived(RecordOf(new WorkflowRunFacts(RunFiles.Run)))
            .FoldOne().Facts;
        Assert.Equal((null, null), (facts.HeadBranch, facts.Issue));
    }

    [Fact]
    public void Nobody_pays_because_he_started_the_run()
    {
        var facts = new RunFiles().Add("aw_info.json", """{"actor":"alice"}""").FoldOne().Facts;
        Assert.Equal(Payer.Unknown, facts.Payer);
    }

    [Theory]
    [InlineData("agent/token_usage.jsonl", Phase.Agent)]
    [InlineData("detection/token_usage.jsonl", Phase.Detection)]
    [InlineData("threat-detection/sandbox/firewall/logs/api-proxy-logs/token-usage.jsonl", Phase.Detection)]
    [InlineData("evals/token_usage.jsonl", Phase.Evaluation)]
    [InlineData("mydetections/token_usage.jsonl", Phase.Agent)]
    public void The_phase_is_told_by_the_folder(string path, Phase expected) =>
        Assert.Equal(expected, Assert.Single(new RunFiles().Add(path, Record("r-1")).FoldOne().Slices).Phase);

    [Fact]
    public void The_same_records_in_two_folders_count_once_and_every_line_is_accounted_for()
    {
        var folded = new RunFiles()
            .Add("sandbox/firewall/audit/api-proxy-logs/token-usage.jsonl", Record("r-1"), Record("r-2"))
            .Add("sandbox/firewall/logs/api-proxy-logs/token-usage.jsonl", Record("r-1"), "", "{oops")
            .Fold();
        Assert.Equal(2, Assert.Single(Assert.Single(folded.Attempts).Slices).Requests);
        Assert.Equal(new LineCounts(2, 1, 1, 1), folded.Lines);
        var problem = Assert.Single(folded.Problems);
        Assert.Equal(3, problem.Line);
        Assert.EndsWith("firewall/logs/api-proxy-logs/token-usage.jsonl", problem.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing()
    {
        var files = AcceptanceFigureTests.CopilotRun()
            .Add("detection/token_usage.jsonl", Record("d-1"))
            .Add("aw_info.json", """{"created_at":"2026-10-09T05:00:00Z","workflow_name":"Triage"}""")
            .Add("aw_session.jsonl", "{bad",
                RunFiles.Shutdown("e-1", "gpt-5.6-luna", 886336000, (12, 535, 70123, 27266)));
        var (forward, backward) = (files.Fold(), files.FoldReversed());
        Assert.Equal(forward.InputHash, backward.InputHash);
        Assert.Equal(forward.Lines, backward.Lines);
        Assert.Equal(forward.Problems, backward.Problems);
        var (one, other) = (Assert.Single(forward.Attempts), Assert.Single(backward.Attempts));
        Assert.Equal(one.Slices, other.Slices);
        Assert.Equal(one.Report, other.Report);
        Assert.Equal(one.Facts, other.Facts);
        Assert.Equal(one.Warnings, other.Warnings);
    }

    [Fact]
    public void A_record_belongs_to_the_attempt_that_its_time_picks_and_counts_once_over_all()
    {
        var attempts = new RunFiles()
            .AddTo(1, "aw_info.json", """{"created_at":"2026-10-09T05:00:00Z"}""")
            .AddTo(2, "aw_info.json", """{"created_at":"2026-10-09T06:00:00Z"}""")
            .AddTo(1, "token-usage.jsonl", Record("r-1", "2026-10-09T05:30:00Z"), Record("r-2", "2026-10-09T06:00:00Z"))
            .AddTo(2, "token-usage.jsonl", Record("r-1", "2026-10-09T05:30:00Z"), Record("r-2", "2026-10-09T06:00:00Z"))
            .Fold().Attempts;
        Assert.Equal([1, 2], attempts.Select(run => run.Facts.Key.Attempt));
        Assert.All(attempts, run => Assert.Equal(1, Assert.Single(run.Slices).Requests));
    }

    [Theory]
    [InlineData("token-usage.jsonl", "")]
    [InlineData("agent_usage.json", """{"input_tokens":0,"output_tokens":0,"ai_credits":0}""")]
    [InlineData("aw_info.json", """{"created_at":"2026-10-09T05:00:00Z"}""")]
    public void An_empty_log_proves_no_zero(string path, string text)
    {
        var run = new RunFiles().Add(path, text).FoldOne();
        Assert.False(run.HasTelemetry);
        Assert.Null(run.Report.ProxyReportedAiCredits);
        Assert.Null(run.Report.SessionReportedAiCredits);
    }

    [Fact]
    public void Calls_are_counted_by_the_audit_log_once_a_request()
    {
        string[] audit =
        [
            """{"ts":1791522180000,"event":"TRACK_START","rid":"a"}""",
            """{"ts":1791522180100,"event":"TRACK_END","rid":"a","result":"ok"}""",
            """{"ts":1791522180200,"event":"TRACK_START","rid":"b"}""",
            """{"ts":1791522180300,"event":"TRACK_END","rid":"b","result":"skip_status"}""",
            """{"ts":1791522180400,"event":"TRACK_START","rid":"c"}""",
            """{"ts":1791522180500,"event":"TRACK_END","rid":"c","result":"no_usage"}""",
            """{"ts":1791522180600,"event":"WS_TRACK_START","rid":"d"}""",
        ];
        var report = new RunFiles()
            .Add("firewall/logs/token-tracker-audit.jsonl", audit)
            .Add("firewall/audit/token-tracker-audit.jsonl", audit)
            .FoldOne().Report;
        Assert.Equal((3L, 1L), (report.CallsKnown!.Value, report.CallsMetered!.Value));
    }

    [Fact]
    public void Without_an_audit_log_coverage_is_unknown()
    {
        var report = new RunFiles().Add("token-usage.jsonl", Record("r-1")).FoldOne().Report;
        Assert.Null(report.CallsKnown);
        Assert.Null(report.CallsMetered);
    }

    [Theory]
    [InlineData("2", "0.2", false)]
    [InlineData("3", "0.2", true)]
    [InlineData("2", "0.1", true)]
    public void A_live_price_that_contradicts_the_book_is_named(string input, string cached, bool isNamed)
    {
        var run = new RunFiles()
            .Add("token-usage.jsonl", Record("r-1"))
            .Add("api-proxy-logs/models.json",
                $$"""
                {"timestamp":"2026-10-09T05:00:00Z","providers":{"copilot":{"model_metadata":[{"id":"claude-sonnet-5",
                "pricing":{"default":{"input":{{input}},"output":10,"cachedInput":{{cached}}
                } } } ] } } }
                """)
            .FoldOne();
        Assert.Equal(isNamed, run.Warnings.Any(notice => notice.Code is "live-price-differs"));
    }

    [Theory]
    [InlineData("v0.25.20", false)]
    [InlineData("v0.25.21", true)]
    [InlineData("0.25.39", true)]
    [InlineData("v0.25.40", false)]
    public void A_run_of_a_withdrawn_firewall_release_is_flagged(string version, bool isFlagged)
    {
        var run = new RunFiles().Add("aw_info.json", $$"""{"awf_version":"{{version}}"}""").FoldOne();
        Assert.Equal(isFlagged, run.Warnings.Any(notice => notice.Code is "withdrawn-awf-release"));
    }

    [Fact]
    public void The_hash_is_that_of_the_files_and_changes_with_any_of_them()
    {
        var files = AcceptanceFigureTests.ClaudeRun();
        var hash = files.Fold().InputHash;
        Assert.Equal(hash, RunFold.InputHashOf(files.All, RunFiles.Book));
        files.Add("agent_usage.json", "{}");
        Assert.NotEqual(hash, RunFold.InputHashOf(files.All, RunFiles.Book), StringComparer.Ordinal);
    }

    [Fact]
    public void Hints_become_a_file_that_the_fold_reads_back()
    {
        var hints = new IdentityHints { WorkflowPath = ".github/workflows/x.lock.yml", Payer = Payer.Organization };
        var file = RunHintsFile.Create(hints)!;
        using var reader = new StreamReader(file.OpenRead());
        var facts = new RunFiles().Add(RunHintsFile.FileName, reader.ReadToEnd()).FoldOne().Facts;
        Assert.Equal((hints.WorkflowPath, hints.Payer), (facts.WorkflowPath, facts.Payer));
        Assert.Null(RunHintsFile.Create(new IdentityHints { Repository = "a/b", RunId = 1 }));
    }

    [Theory]
    [InlineData("aw_info.json", "[]", "TL0504")]
    [InlineData("agent_usage.json", "{", "TL0504")]
    [InlineData("agent_usage.json", "{\"input_tokens\":-1}", "TL0506")]
    [InlineData("gh-aw-run.json", "{\"token_usage_summary\":{\"by_model\":{\"m\":{\"input_tokens\":1.5}}}}", "TL0506")]
    [InlineData("aw_session.jsonl", "[1]", "TL0501")]
    [InlineData("aw_session.jsonl", """{"type":"session.shutdown","data":{"tokenDetails":{"input":-4}}}""", "TL0506")]
    public void A_companion_file_that_is_wrong_is_a_problem_and_the_rest_goes_on(string path, string text, string code)
    {
        var folded = new RunFiles().Add(path, text).Add("token-usage.jsonl", Record("r-1")).Fold();
        Assert.Equal(code, Assert.Single(folded.Problems).Code);
        Assert.Single(Assert.Single(folded.Attempts).Slices);
    }
}
