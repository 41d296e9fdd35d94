using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Tests.Sessions;

/// <summary>The same tokens come by many roads and are never added together.</summary>
public sealed class SessionRoadTests
{
    private const string Luna = "gpt-5.6-luna";
    private const string Started = """{"engine_id":"claude","created_at":"2026-10-09T05:00:00Z"}""";

    private static string Event(string id, string phase) =>
        $$"""
        {"type":"firewall.token_usage","data":{"provider":"copilot","model":"claude-sonnet-5","purpose":"",
        "path":"/v1/messages","requestId":"{{id}}","status":200,"aic":0.5,"usage":{"inputTokens":10,
        "outputTokens":20,"cacheReadInputTokens":30,"cacheCreationInputTokens":40} },
        "provenance":{"phase":"{{phase}}","timestampMs":1791522180000} }
        """;

    [Fact]
    public void A_phase_without_records_takes_the_events_of_the_session_file()
    {
        var run = new RunFiles()
            .Add("agent/token_usage.jsonl",
                RunFiles.Usage("r-1", "claude-sonnet-5", "/v1/messages", (1, 2, 3, 4), "0.25"))
            .Add("aw_session.jsonl", Event("r-1", "agent"), Event("d-1", "detection"), Event("d-1", "detection"))
            .FoldOne();
        Assert.Equal([Phase.Agent, Phase.Detection], run.Slices.Select(slice => slice.Phase));
        Assert.Equal(
            [UsageEvidence.ProxyRecords, UsageEvidence.SessionRecords], run.Slices.Select(slice => slice.Evidence));
        Assert.Equal(new TokenCounts(10, 20, 30, 40), run.Slices[1].Tokens);
        Assert.Equal(0.75m, run.Report.ProxyReportedAiCredits);
    }

    [Fact]
    public void A_run_without_records_takes_its_sessions_totals()
    {
        var run = new RunFiles()
            .Add("copilot-session-state/one/events.jsonl",
                RunFiles.Shutdown("e-1", Luna, 886336000, (12, 535, 70123, 27266)))
            .FoldOne();
        var slice = Assert.Single(run.Slices);
        Assert.Equal(
            (UsageEvidence.SessionTotals, Channel.Copilot, "gpt-5-6-luna", 4L),
            (slice.Evidence, slice.Channel, slice.Model, slice.Requests));
        Assert.Equal(0.886336m, RunFiles.Estimated(run));
        Assert.Null(run.Report.ProxyReportedAiCredits);
    }

    [Fact]
    public void What_the_session_reports_is_the_agents_while_detection_counts_in_the_estimate()
    {
        var run = new RunFiles()
            .Add("copilot-session-state/one/events.jsonl",
                RunFiles.Shutdown("e-1", Luna, 886336000, (12, 535, 70123, 27266)))
            .Add("detection/copilot-session-state/two/events.jsonl",
                RunFiles.Shutdown("e-2", Luna, 100000000, (5000, 0, 0, 0)))
            .FoldOne();
        Assert.Equal([Phase.Agent, Phase.Detection], run.Slices.Select(slice => slice.Phase));
        Assert.Equal(0.986336m, RunFiles.Estimated(run));
        Assert.Equal(0.886336m, run.Report.SessionReportedAiCredits);
    }

    [Fact]
    public void A_summary_counts_only_where_nothing_better_is_known()
    {
        const string usage =
            """
            {"input_tokens":100,"output_tokens":20,"cache_read_tokens":60,"cache_write_tokens":0,"ai_credits":1.5,
            "primary_model":"gpt-5.6-luna"}
            """;
        var files = new RunFiles().Add("agent_usage.json", usage).Add("aw_info.json",
            """{"engine_id":"copilot","created_at":"2026-10-09T05:00:00Z"}""");
        var alone = files.FoldOne();
        var slice = Assert.Single(alone.Slices);
        Assert.Equal(
            (UsageEvidence.Summary, Phase.Agent, 60L), (slice.Evidence, slice.Phase, slice.UnresolvedCacheTokens));
        Assert.Equal(new TokenCounts(40, 20, 60), slice.Tokens);
        Assert.Equal(1.5m, alone.Report.ProxyReportedAiCredits);
        var beside = files.Add("token-usage.jsonl", RunFiles.Usage("r-1", Luna, "/responses", (9, 1, 0, 0))).FoldOne();
        Assert.Equal(UsageEvidence.ProxyRecords, Assert.Single(beside.Slices).Evidence);
    }

    [Fact]
    public void Sums_of_gh_aw_by_model_keep_their_provider_as_channel()
    {
        var run = new RunFiles()
            .Add("gh-aw-run.json",
                """
                {"run_id":4711,"started_at":"2026-10-09T05:00:00Z","aic":3.5,"token_usage_summary":{"by_model":{
                "claude-sonnet-5":{"provider":"anthropic","input_tokens":10,"output_tokens":20,
                "cache_read_tokens":5,"cache_write_tokens":7,"requests":3}}}}
                """)
            .FoldOne();
        var slice = Assert.Single(run.Slices);
        Assert.Equal((Channel.Anthropic, 3L, 0L), (slice.Channel, slice.Requests, slice.UnresolvedCacheTokens));
        Assert.Equal(new TokenCounts(10, 20, 5, 7), slice.Tokens);
        Assert.Equal(3.5m, run.Report.ProxyReportedAiCredits);
    }

    [Fact]
    public void The_same_session_told_by_two_files_is_reported_once()
    {
        var shutdown = RunFiles.Shutdown("e-1", Luna, 500000000, (1, 2, 3, 4));
        var run = new RunFiles()
            .Add("aw_session.jsonl", shutdown)
            .Add("copilot-session-state/one/events.jsonl", shutdown)
            .FoldOne();
        Assert.Equal(0.5m, run.Report.SessionReportedAiCredits);
        Assert.Equal(10, Assert.Single(run.Slices).Tokens.Total);
    }

    [Fact]
    public void A_result_line_without_an_id_is_the_same_session_as_one_with_equal_figures()
    {
        var run = new RunFiles()
            .Add("aw_info.json", Started)
            .Add("aw_session.jsonl",
                """{"type":"session.result","data":{"totalCostUsd":0.02,"usage":{"inputTokens":6,"outputTokens":5}}}""")
            .Add("result.jsonl",
                """
                {"type":"result","session_id":"s","uuid":"u","total_cost_usd":0.02,
                "usage":{"input_tokens":6,"output_tokens":5}}
                """)
            .FoldOne();
        Assert.Equal(2m, run.Report.SessionReportedAiCredits);
    }

    [Fact]
    public void Two_sessions_of_one_attempt_add_up()
    {
        var run = new RunFiles()
            .Add("copilot-session-state/one/events.jsonl", RunFiles.Shutdown("e-1", Luna, 500000000, (1, 2, 3, 4)))
            .Add("copilot-session-state/two/events.jsonl", RunFiles.Shutdown("e-2", Luna, 500000000, (1, 2, 3, 4)))
            .FoldOne();
        Assert.Equal(1m, run.Report.SessionReportedAiCredits);
        Assert.Equal(20, Assert.Single(run.Slices).Tokens.Total);
    }

    [Fact]
    public void Checkpoints_of_a_session_that_never_ended_give_their_highest_as_a_lower_bound()
    {
        var run = new RunFiles()
            .Add("copilot-session-state/one/events.jsonl",
                """{"type":"session.usage_checkpoint","data":{"totalNanoAiu":700000000}}""",
                """{"type":"session.usage_checkpoint","data":{"totalNanoAiu":300000000}}""")
            .FoldOne();
        Assert.Equal(0.7m, run.Report.SessionReportedAiCredits);
        Assert.Contains(run.Warnings, notice => notice.Code is "session-incomplete");
        Assert.False(run.HasTelemetry);
    }

    [Fact]
    public void A_session_that_names_no_provider_has_no_channel_made_up_for_it()
    {
        var run = new RunFiles()
            .Add("aw_info.json", Started)
            .Add("result.jsonl",
                """
                {"type":"result","total_cost_usd":0.02,
                "modelUsage":{"claude-sonnet-5":{"inputTokens":6,"outputTokens":5}}}
                """)
            .FoldOne();
        Assert.Equal(Channel.Unknown, Assert.Single(run.Slices).Channel);
    }

    [Fact]
    public void Totals_without_any_day_are_named_and_not_dated_by_guess()
    {
        var run = new RunFiles()
            .Add("result.jsonl",
                """{"type":"result","total_cost_usd":0.02,"usage":{"input_tokens":6,"output_tokens":5}}""")
            .FoldOne();
        Assert.Empty(run.Slices);
        Assert.Contains(run.Warnings, notice => notice.Code is "usage-without-day");
    }
}
