using System.Globalization;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Caching;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class CacheConventionTests
{
    private const CacheReading In = CacheReading.Inclusive;
    private const CacheReading Ex = CacheReading.Exclusive;

    [Theory]
    // 1: the record's own word, unless the figures make it impossible.
    [InlineData("copilot", "/responses", "gpt-5.6-luna", true, null, 100, 60, 10, In, CacheRule.Stated)]
    [InlineData("openai", "/responses", "gpt-5.4", false, null, 100, 60, 0, Ex, CacheRule.Stated)]
    [InlineData("openai", "/responses", "gpt-5.4", true, null, 100, 101, 0, Ex, CacheRule.CachedExceedsInput)]
    // 2: more read than put in.
    [InlineData("openai", "/responses", "gpt-5.4", null, null, 100, 101, 0, Ex, CacheRule.ReadExceedsInput)]
    // 3: Anthropic's protocol through any listener, Anthropic's listener on any path.
    [InlineData("copilot", "/v1/messages?beta=true", "claude-sonnet-5", null, null, 100, 60, 0, Ex, CacheRule.AnthropicProtocol)]
    [InlineData("openai", "/v1/messages", "gpt-5.4", null, null, 100, 60, 0, Ex, CacheRule.AnthropicProtocol)]
    [InlineData("anthropic", null, "claude-sonnet-5", null, null, 100, 60, 0, Ex, CacheRule.AnthropicProtocol)]
    // 4: OpenAI's and Google's own listeners.
    [InlineData("openai", "/chat/completions", "gpt-5.4", null, null, 100, 60, 0, In, CacheRule.InclusiveProvider)]
    [InlineData("gemini", "/v1beta/models", "gemini-3", null, null, 100, 60, 0, In, CacheRule.InclusiveProvider)]
    [InlineData("vertex", null, "gemini-3", null, null, 100, 60, 0, In, CacheRule.InclusiveProvider)]
    [InlineData("openai", "/responses", "gpt-5.4", null, null, 100, 60, 50, Ex, CacheRule.CachedExceedsInput)]
    // 5a: Copilot splits only where it has a split.
    [InlineData("copilot", "/chat/completions", "gpt-5.4", null, null, 100, 60, 5, Ex, CacheRule.CopilotCacheWrite)]
    [InlineData("copilot", "/responses", "gpt-5.6-luna", null, true, 100, 60, 5, Ex, CacheRule.CopilotCacheWrite)]
    // 5b: GPT on /responses, streamed, by WebSocket, or not said.
    [InlineData("copilot", "/responses", "gpt-5.6-luna", null, true, 100, 60, 0, In, CacheRule.CopilotGptResponses)]
    [InlineData("github-copilot", "/v1/responses?x=1", "gpt-5.6-luna", null, null, 100, 60, 0, In, CacheRule.CopilotGptResponses)]
    [InlineData("copilot", "/responses", "gpt-5.6-luna", null, false, 100, 60, 0, CacheReading.Unresolved, CacheRule.Unresolved)]
    // 5c: Claude.
    [InlineData("copilot", "/chat/completions", "claude-sonnet-5", null, true, 100, 60, 0, Ex, CacheRule.CopilotClaude)]
    // 5d, 6, 7: nothing tells.
    [InlineData("copilot", "/chat/completions", "gpt-5.4", null, true, 100, 60, 0, CacheReading.Unresolved, CacheRule.Unresolved)]
    [InlineData("opencode", "/chat/completions", "gpt-5.4", null, true, 100, 60, 0, CacheReading.Unresolved, CacheRule.Unresolved)]
    [InlineData("opencode", "/chat/completions", "gpt-5.4", null, true, 100, 60, 50, Ex, CacheRule.CachedExceedsInput)]
    [InlineData("opencode", "/chat/completions", "gpt-5.4", null, true, 100, 0, 0, Ex, CacheRule.NothingCached)]
    public void The_first_rule_that_matches_decides(
        string provider, string? path, string model, bool? includes, bool? isStreamed,
        long input, long read, long write, CacheReading reading, CacheRule rule)
    {
        var channel = Channel.FromProvider(provider);
        var question = new CacheQuestion(
            CacheTraits.Of(channel, path, model), includes, isStreamed, input, 10, read, write, 0);

        Assert.Equal(
            new CacheDecision(reading, rule),
            CacheConvention.Decide(question, new CreditEvidence(
                TestPrices.Book, channel, model, IsAutoSelected: false, new DateOnly(2026, 10, 9), null)));
    }

    [Theory]
    // gpt-5.4-mini at 0.75 / 0.075 / 4.5: 1000 in of which 400 read, 100 out.
    [InlineData("0.0930", CacheReading.Inclusive, CacheRule.Credits)]
    [InlineData("0.1230", CacheReading.Exclusive, CacheRule.Credits)]
    [InlineData("0.123001", CacheReading.Exclusive, CacheRule.Credits)]
    [InlineData("0.123002", CacheReading.Unresolved, CacheRule.Unresolved)]
    [InlineData("0.1000", CacheReading.Unresolved, CacheRule.Unresolved)]
    public void Credits_tell_the_readings_apart_to_a_millionth(string reported, CacheReading reading, CacheRule rule)
    {
        var question = new CacheQuestion(
            CacheTraits.Of(Channel.Copilot, "/chat/completions", "gpt-5-4-mini"), null, true, 1000, 100, 400, 0, 0);

        Assert.Equal(new CacheDecision(reading, rule), CacheConvention.Decide(
            question, Evidence(decimal.Parse(reported, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void On_responses_credits_come_before_the_recorded_write()
    {
        // gpt-5.6-luna at 0.2 / 0.02 / 0.25 / 1.2: 1000 in holding 400 read and 100 written, 100 out = 0.0253 credits.
        var question = new CacheQuestion(
            CacheTraits.Of(Channel.Copilot, "/responses", "gpt-5-6-luna"), null, true, 1000, 100, 400, 100, 0);
        var evidence = Evidence(0.0253m) with { Model = "gpt-5-6-luna" };

        Assert.Equal(
            new CacheDecision(CacheReading.Inclusive, CacheRule.Credits), CacheConvention.Decide(question, evidence));
    }

    [Fact]
    public void An_unknown_model_leaves_the_question_open()
    {
        var question = new CacheQuestion(
            CacheTraits.Of(Channel.Copilot, "/chat/completions", "gpt-9"), null, true, 1000, 100, 400, 0, 0);

        Assert.Equal(
            CacheRule.Unresolved, CacheConvention.Decide(question, Evidence(0.0930m) with { Model = "gpt-9" }).Rule);
    }

    [Fact]
    public void An_open_question_takes_the_smaller_reading_and_keeps_the_difference()
    {
        var fold = LogFold.Of(
            """{"timestamp":"2026-10-09T18:00:00Z","request_id":"u","provider":"opencode","model":"m","input_tokens":1000,"output_tokens":100,"cache_read_tokens":400}""");

        Assert.Equal(new TokenCounts(600, 100, 400), fold.Slice.Tokens);
        Assert.Equal(400, fold.Slice.UnresolvedCacheTokens);
        var notice = Assert.Single(fold.Accumulator.Notices(1));
        Assert.Equal("cache-convention-unresolved", notice.Code);
        Assert.Contains("1 requests", notice.Message, StringComparison.Ordinal);
        Assert.Contains("400 cached tokens", notice.Message, StringComparison.Ordinal);
        Assert.Equal(1, fold.Accumulator.RequestsByCacheRule(1)[CacheRule.Unresolved]);
    }

    private static CreditEvidence Evidence(decimal reported) => new(
        TestPrices.Book, Channel.Copilot, "gpt-5-4-mini", IsAutoSelected: false, new DateOnly(2026, 10, 9), reported);
}
