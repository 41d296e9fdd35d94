using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Tests.Sessions;

/// <summary>The figures of two published gh-aw runs, in records written for these tests.</summary>
public sealed class AcceptanceFigureTests
{
    private const string Routing = "routing_classification";
    private const string Messages = "/v1/messages?beta=true";

    internal static RunFiles ClaudeRun() => new RunFiles()
        .Add("token-usage.jsonl",
            RunFiles.Usage("c-0", "claude-opus-5", "/chat/completions", (1332, 44, 0, 0), "0.776", Routing),
            RunFiles.Usage("c-1", "claude-sonnet-5", Messages, (2, 140, 0, 58798), "14.8399"),
            RunFiles.Usage("c-2", "claude-sonnet-5", Messages, (2, 285, 58798, 584), "1.60736"),
            RunFiles.Usage("c-3", "claude-sonnet-5", Messages, (2, 93, 59382, 337), "1.36529"))
        .Add("agent_usage.json",
            """
            {"input_tokens":1338,"output_tokens":562,"cache_read_tokens":118180,"cache_write_tokens":59719,
            "ai_credits":18.58855}
            """)
        .Add("aw_session.jsonl",
            """
            {"type":"session.result","data":{"totalCostUsd":0.1781255,"usage":{"inputTokens":6,"outputTokens":518,
            "reasoningOutputTokens":77,"cacheReadInputTokens":118180,"cacheCreationInputTokens":59719,
            "inputTokensIncludeCache":false}}}
            """);

    internal static RunFiles CopilotRun() => new RunFiles()
        .Add("token-usage.jsonl",
            RunFiles.Usage("g-0", "gpt-5.6-luna", "/responses", (802, 131, 0, 0), "0.03176", Routing),
            RunFiles.Usage("g-1", "gpt-5.6-luna", "/responses", (21188, 118, 0, 0), "0.43792"),
            RunFiles.Usage("g-2", "gpt-5.6-luna", "/responses", (21866, 122, 21185, 0), "0.07063"),
            RunFiles.Usage("g-3", "gpt-5.6-luna", "/responses", (27078, 173, 21863, 0), "0.168786"),
            RunFiles.Usage("g-4", "gpt-5.6-luna", "/responses", (27269, 122, 27075, 0), "0.07267"))
        .Add("copilot-session-state/one/events.jsonl",
            RunFiles.Shutdown("e-1", "gpt-5.6-luna", 886336000, (12, 535, 70123, 27266)));

    [Fact]
    public void A_claude_run_is_its_session_plus_the_routing_classifier()
    {
        var run = ClaudeRun().FoldOne();
        Assert.Equal(18.58855m, RunFiles.Estimated(run));
        Assert.Equal(18.58855m, run.Report.ProxyReportedAiCredits);
        Assert.Equal(17.81255m, run.Report.SessionReportedAiCredits);
        Assert.Equal(0, run.Report.LostCacheWriteTokens);
        Assert.Empty(run.Warnings);
    }

    [Fact]
    public void A_copilot_run_gets_back_the_cache_writes_that_its_proxy_lost()
    {
        var run = CopilotRun().FoldOne();
        Assert.Equal(0.918096m, RunFiles.Estimated(run));
        Assert.Equal(0.781766m, run.Report.ProxyReportedAiCredits);
        Assert.Equal(0.886336m, run.Report.SessionReportedAiCredits);
        Assert.Equal(27266, run.Report.LostCacheWriteTokens);
        var notice = Assert.Single(run.Warnings);
        Assert.Equal("cache-writes-lost", notice.Code);
        Assert.Contains("27,266", notice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_adjustment_moves_tokens_and_leaves_the_prompt_as_long_as_it_was()
    {
        var run = CopilotRun().FoldOne();
        var main = Assert.Single(run.Slices, slice => slice.Purpose == Purpose.Main);
        Assert.Equal(new TokenCounts(12, 535, 70123, 27266), main.Tokens with { Reasoning = 0 });
        Assert.Equal(4, main.Requests);
    }
}
