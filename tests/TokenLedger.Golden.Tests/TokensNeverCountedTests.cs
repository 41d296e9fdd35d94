using TokenLedger.Domain.Usage;

namespace TokenLedger.Golden.Tests;

/// <summary>What a log leaves out is found, or said to be missing; it is never scaled in silence.</summary>
public sealed class TokensNeverCountedTests
{
    private const string Records = "agent/token_usage.jsonl";

    [Fact]
    [Trait("Golden", "G13")]
    public async Task A_bill_of_more_than_the_log_holds_leaves_a_rest_and_no_run_is_scaled_to_it()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "claude-opus-5", 5m, 6.25m, 0.5m, 25m));
        var logged = new GoldenRun(prices).Info().PaidBy(Payer.Organization).Add(
            Records, new UsageLine("copilot", "claude-opus-5", 0, 198_734));
        var silent = new GoldenRun(prices, 4712).Info().PaidBy(Payer.Organization);
        await using var ledger = await new GoldenLedger(prices).WithAsync(logged, silent);
        await ledger.ImportAsync(GoldenBill.AiReport(GoldenBill.AiRow(
            4_771.305m, "Claude Opus 5", repository: "web", tokens: "0,1908522,0,0")));

        var artifact = await ledger.ReconcileAsync();
        var entry = artifact.Runs.Single(run => run.RunId == 4711);
        Assert.Equal(496.835m, entry.BilledAiCredits);
        Assert.NotEqual(4_771.305m, entry.BilledAiCredits);
        Assert.Equal(4_274.47m, artifact.Unallocated.Sum(part => part.BilledAiCredits));
        var share = Assert.Single(Assert.Single(entry.Models).Shares);
        Assert.Equal("low", share.Confidence);
        Assert.Contains("runs-without-telemetry", share.ConfidenceReasons);
        Assert.Null(artifact.Runs.Single(run => run.RunId == 4712).BilledAiCredits);
    }

    [Theory]
    [Trait("Golden", "G14")]
    [InlineData(0.031, 0.300)]
    [InlineData(0.300, 0.031)]
    public void Of_a_figure_that_grows_in_a_stream_the_greatest_is_kept_and_marked_partial(double first, double second)
    {
        var run = new GoldenRun(GoldenRun.ShippedPrices).Info().Add(
            "copilot-session-state/one/events.jsonl",
            SessionLine.Checkpoint("one", (decimal)first),
            SessionLine.Checkpoint("one", (decimal)second)).FoldOne();

        Assert.Equal(0.300m, run.Report.SessionReportedAiCredits);
        Assert.NotEqual(0.031m, run.Report.SessionReportedAiCredits);
        Assert.Contains(run.Warnings, notice => notice.Code == "session-incomplete");
    }

    [Fact]
    [Trait("Golden", "G15")]
    public void Cache_writes_beyond_the_split_by_life_are_priced_at_the_short_rate_and_flagged()
    {
        var prices = Rates.Of(Rates.Row(Channel.Anthropic, "claude-sonnet-5", 2m, 2.5m, 0.2m, 10m, writeOneHour: 4m));
        var run = new GoldenRun(prices).Add(Records, new UsageLine("anthropic", "claude-sonnet-5", 0, 0, Write: 184_457)
        {
            Extra = "\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":31490}",
        }).FoldOne();

        Assert.Equal(50.83775m, Rates.Credits(prices, run.Slices));
        Assert.NotEqual(12.596m, Rates.Credits(prices, run.Slices));
        Assert.Equal((152_967L, 31_490L), (run.Slices[0].Tokens.CacheWrite5m, run.Slices[0].Tokens.CacheWrite1h));
        Assert.Contains(run.Warnings, notice => notice.Code == "cache-write-split-inconsistent");
    }

    [Theory]
    [Trait("Golden", "G16")]
    [InlineData("cached_tokens")]
    [InlineData("cached_input_tokens")]
    [InlineData("cache_read_input_tokens")]
    [InlineData("cache_read_tokens")]
    public void A_cached_count_is_found_under_every_known_name(string field)
    {
        var line = new UsageLine("openai", "gpt-5.3-codex", 707_301, 900) { Path = "/responses" }.ToString()
            .Replace("\"cache_read_tokens\":0", $"\"{field}\":672256", StringComparison.Ordinal);

        var slice = GoldenRun.SliceOf(GoldenRun.ShippedPrices, line);
        Assert.Equal((35_045L, 672_256L), (slice.Tokens.Input, slice.Tokens.CacheRead));
        Assert.NotEqual((707_301L, 0L), (slice.Tokens.Input, slice.Tokens.CacheRead));
    }

    [Fact]
    [Trait("Golden", "G17")]
    public void Cache_writes_that_the_proxy_dropped_come_back_from_the_session()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "gpt-5-6-luna", 0.2m, 0.25m, 0.02m, 1.2m));
        var run = new GoldenRun(prices)
            .Add(Records, new UsageLine("copilot", "gpt-5.6-luna", 97_401, 535, Read: 70_123)
            {
                Path = "/responses",
                Credits = 0.750006m,
            })
            .Add(
                "copilot-session-state/one/events.jsonl",
                SessionLine.Shutdown("one", "gpt-5.6-luna", 0.886336m, (12, 535, 70_123, 27_266)))
            .FoldOne();

        Assert.Equal(0.750006m, run.Report.ProxyReportedAiCredits);
        Assert.Equal(0.886336m, run.Report.SessionReportedAiCredits);
        Assert.Equal(0.886336m, Rates.Credits(prices, run.Slices));
        Assert.NotEqual(0.750006m, Rates.Credits(prices, run.Slices));
        Assert.Equal(0.13633m, Rates.Credits(prices, run.Slices) - run.Report.ProxyReportedAiCredits);
        Assert.Equal(27_266, run.Report.LostCacheWriteTokens);
    }

    [Fact]
    [Trait("Golden", "G18")]
    public void A_run_is_agent_and_detection_and_evaluation_together()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, 2.5m, 0.2m, 10m));
        var run = new GoldenRun(prices)
            .Add(Records, new UsageLine("copilot", "claude-sonnet-5", 0, 3_100))
            .Add("detection/token_usage.jsonl", new UsageLine("copilot", "claude-sonnet-5", 0, 4_700) { Id = "r-2" })
            .Add("evals/token_usage.jsonl", new UsageLine("copilot", "claude-sonnet-5", 0, 50) { Id = "r-3" })
            .Add("agent_usage.json", """{"input_tokens":0,"output_tokens":3100,"ai_credits":3.1}""")
            .FoldOne();

        var byPhase = run.Slices.ToDictionary(slice => slice.Phase, slice => Rates.Credits(prices, [slice]));
        Assert.Equal(3.1m, byPhase[Phase.Agent]);
        Assert.Equal(4.7m, byPhase[Phase.Detection]);
        Assert.Equal(7.85m, Rates.Credits(prices, run.Slices));
        Assert.NotEqual(3.1m, Rates.Credits(prices, run.Slices));
    }

    [Fact]
    [Trait("Golden", "G19")]
    public void A_web_socket_record_is_a_lower_bound_and_says_so()
    {
        // One record for three responses of 600 and 60 tokens in all: the last one's.
        var run = new GoldenRun(GoldenRun.ShippedPrices).Add(
            Records, new UsageLine("copilot", "gpt-5.4", 300, 30) { Path = "/responses", Status = 101 }).FoldOne();

        Assert.Equal((300L, 30L), (run.Slices[0].Tokens.Prompt, run.Slices[0].Tokens.Output));
        Assert.Contains(
            run.Warnings,
            notice => notice.Code == "websocket-lower-bound"
                && notice.Message.Contains("lower bound", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Golden", "G20")]
    public async Task Estimate_session_and_bill_stand_side_by_side_however_far_apart()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, 2.5m, 0.2m, 10m));
        var run = new GoldenRun(prices).Info().PaidBy(Payer.Organization)
            .Add(Records, new UsageLine("copilot", "claude-sonnet-5", 0, 10_000) { Credits = 10.1m })
            .Add(
                "copilot-session-state/one/events.jsonl",
                SessionLine.Shutdown("one", "claude-sonnet-5", 9.9m, (0, 10_000, 0, 0)));
        await using var ledger = await new GoldenLedger(prices).WithAsync(run);
        await ledger.ImportAsync(GoldenBill.Detailed(GoldenBill.WorkflowRow(700)));

        var entry = Assert.Single((await ledger.ReconcileAsync()).Runs);
        Assert.Equal(
            (10m, 10.1m, 9.9m, 700m),
            (entry.EstimatedAiCredits, entry.ProxyReportedAiCredits, entry.SessionReportedAiCredits,
                entry.BilledAiCredits));
        Assert.NotEqual(entry.SessionReportedAiCredits, entry.BilledAiCredits);
        Assert.Equal("low", Assert.Single(Assert.Single(entry.Models).Shares).Confidence);
    }

    [Fact]
    [Trait("Golden", "G21")]
    public void Calls_outside_the_top_level_usage_of_a_result_are_counted()
    {
        var run = new GoldenRun(GoldenRun.ShippedPrices).Info().Add(
            "agent/result.jsonl",
            """{"type":"result","session_id":"one","total_cost_usd":0.5,"""
            + "\"usage\":{\"input_tokens\":23000,\"output_tokens\":1000},\"modelUsage\":{"
            + "\"claude-opus-5\":{\"inputTokens\":23000,\"outputTokens\":1000,\"costUSD\":0.14},"
            + "\"claude-haiku-4-5\":{\"inputTokens\":180000,\"outputTokens\":3500,\"costUSD\":0.36}}}")
            .FoldOne();

        Assert.Equal(203_000, run.Slices.Sum(slice => slice.Tokens.Input));
        Assert.Equal(4_500, run.Slices.Sum(slice => slice.Tokens.Output));
        Assert.NotEqual(23_000, run.Slices.Sum(slice => slice.Tokens.Input));
    }

    [Fact]
    [Trait("Golden", "G21")]
    public void Hidden_iterations_of_a_result_are_counted()
    {
        var run = new GoldenRun(GoldenRun.ShippedPrices).Info("\"model\":\"claude-opus-5\"").Add(
            "agent/result.jsonl",
            """{"type":"result","session_id":"one","total_cost_usd":1.1,"""
            + "\"usage\":{\"input_tokens\":23000,\"output_tokens\":1000,\"iterations\":["
            + """{"type":"compaction","input_tokens":180000,"output_tokens":3500},"""
            + """{"type":"message","input_tokens":23000,"output_tokens":1000}]}}""")
            .FoldOne();

        Assert.Equal(203_000, run.Slices.Sum(slice => slice.Tokens.Input));
        Assert.Equal(4_500, run.Slices.Sum(slice => slice.Tokens.Output));
        Assert.NotEqual(23_000, run.Slices.Sum(slice => slice.Tokens.Input));
    }
}
