using System.Text;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class UsageAccumulatorTests
{
    private const string Claude =
        """{"_schema":"token-usage/v0.28.50","timestamp":"2026-10-09T18:15:42.915Z","event":"token_usage","request_id":"a-1","purpose":"","provider":"copilot","model":"claude-sonnet-5","path":"/v1/messages?beta=true","status":200,"input_tokens":2,"output_tokens":140,"cache_read_tokens":0,"cache_write_tokens":58798,"duration_ms":2936,"ai_credits_this_response":14.8399,"ai_credits_total":15.6159,"response_bytes":19504}""";

    [Fact]
    public void A_claude_request_through_copilot_keeps_its_kinds_apart()
    {
        var fold = LogFold.Of(Claude);

        var slice = fold.Slice;
        Assert.Equal(new RunKey("github.com", LogFold.RunId, 1), slice.Run);
        Assert.Equal(new DateOnly(2026, 10, 9), slice.Day);
        Assert.Equal(Channel.Copilot, slice.Channel);
        Assert.Equal("claude-sonnet-5", slice.Model);
        Assert.Equal(new TokenCounts(2, 140, 0, 58798), slice.Tokens);
        Assert.Equal((1, 2936), (slice.Requests, slice.DurationMilliseconds));
        Assert.Equal(UsageSlice.StandardTier, slice.ServiceTier);
        Assert.Equal(UsageEvidence.ProxyRecords, slice.Evidence);
        Assert.Equal(14.8399m, TestPrices.Book.EstimateOf(slice).AiCredits?.Total);
        Assert.Equal(14.8399m, fold.Accumulator.ProxyReportedAiCredits(1));
    }

    [Fact]
    public void Gpt_requests_through_copilot_are_reread_as_the_proxy_priced_them()
    {
        // The reference run: 0.03176 for the router and 0.750006 for the agent, written as the proxy writes it.
        var fold = LogFold.Of(
            Gpt("r1", "routing_classification", "802", "131", "0", "0.03176"),
            Gpt("r2", "", "21188", "118", "0", "0.43792"),
            Gpt("r3", "", "21866", "122", "21185", "0.07063"),
            Gpt("r4", "", "27078", "173", "21863", "0.168786"),
            Gpt("r5", "", "27269", "122", "27075", "0.07267"));

        Assert.Equal(0.781766m, fold.Accumulator.ProxyReportedAiCredits(1));
        Assert.Equal(
            [(Purpose.Main, 0.750006m), (Purpose.Routing, 0.03176m)],
            fold.Slices.Select(slice => (slice.Purpose, TestPrices.Book.EstimateOf(slice).AiCredits!.Value.Total)));
    }

    [Fact]
    public void A_record_from_before_schema_and_event_counts()
    {
        var fold = LogFold.Of(
            """{"timestamp": "2026-04-01T17:56:38.042Z", "request_id": "e-1", "provider": "anthropic", "model": "claude-sonnet-4-6", "path": "/v1/messages?beta=true", "status": 200, "streaming": true, "input_tokens": 3, "output_tokens": 414, "cache_read_tokens": 14044, "cache_write_tokens": 26035, "duration_ms": 6383, "response_bytes": 2843}""");

        Assert.Equal(new TokenCounts(3, 414, 14044, 26035), fold.Slice.Tokens);
        Assert.Null(fold.Accumulator.ProxyReportedAiCredits(1));
    }

    [Fact]
    public void Every_line_is_accepted_duplicate_rejected_or_blank()
    {
        var fold = LogFold.Of(
            Claude,
            "",
            Claude,
            "  \t\r",
            "not json",
            """{"timestamp":"2026-10-09T18:00:00Z","event":"token_steering","request_id":"a-1","threshold":80}""");

        Assert.Equal(new LineCounts(Accepted: 2, Duplicate: 1, Rejected: 1, Blank: 2), fold.Counts);
        Assert.Equal(new InputProblem(
            "token-usage.jsonl", 5, "TL0101",
            "The line is not valid JSON; fetch the artifact again or remove the line."), Assert.Single(fold.Problems));
        Assert.Equal(1, fold.Slice.Requests);
    }

    [Fact]
    public void The_same_request_in_another_file_counts_once()
    {
        var accumulator = new UsageAccumulator("github.com", 1, [], TestPrices.Book);
        var logs = new UsageFileContext("firewall/logs", Phase.Agent, 1);
        var audit = new UsageFileContext("firewall/audit", Phase.Agent, 2);

        Assert.Equal(new LineCounts(1, 0, 0, 0), AddLine(accumulator, logs, Claude));
        Assert.Equal(new LineCounts(0, 1, 0, 0), AddLine(accumulator, audit, Claude));
        Assert.Equal(1, Assert.Single(accumulator.Slices()).Run.Attempt);
        Assert.Empty(accumulator.Notices(2));
    }

    [Fact]
    public void A_reused_id_keeps_the_first_record_and_is_flagged()
    {
        var fold = LogFold.Of(Claude, Claude.Replace("\"output_tokens\":140", "\"output_tokens\":141", StringComparison.Ordinal));

        Assert.Equal(new LineCounts(1, 1, 0, 0), fold.Counts);
        Assert.Equal(140, fold.Slice.Tokens.Output);
        var notice = Assert.Single(fold.Accumulator.Notices(1));
        Assert.Equal("request-id-reused", notice.Code);
        Assert.StartsWith("1 records", notice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""
        "request_id":null,
        """)]
    [InlineData("""
        "request_id":"",
        """)]
    [InlineData("")]
    public void Without_an_id_the_raw_line_is_the_identity(string id)
    {
        var line = Claude.Replace("\"request_id\":\"a-1\",", id.Trim(), StringComparison.Ordinal);
        var other = line.Replace("\"response_bytes\":19504", "\"response_bytes\":19505", StringComparison.Ordinal);

        Assert.Equal(new LineCounts(2, 1, 0, 0), LogFold.Of(line, line, other).Counts);
    }

    [Fact]
    public void A_numeric_id_is_an_id()
    {
        var line = Claude.Replace("\"a-1\"", "17", StringComparison.Ordinal);
        var other = line.Replace("\"response_bytes\":19504", "\"response_bytes\":19505", StringComparison.Ordinal);

        Assert.Equal(new LineCounts(1, 1, 0, 0), LogFold.Of(line, other).Counts);
    }

    [Fact]
    public void The_timestamp_picks_day_and_attempt()
    {
        var attempts = new[]
        {
            new AttemptStart(2, new DateTimeOffset(2026, 10, 9, 0, 0, 0, TimeSpan.Zero)),
            new AttemptStart(1, new DateTimeOffset(2026, 10, 8, 12, 0, 0, TimeSpan.Zero)),
        };
        var lines = string.Join('\n',
            At("x1", "2026-10-09T01:59:59.999+02:00"),
            At("x2", "2026-10-09T00:00:00.000Z"),
            At("x3", "2026-10-08T11:59:59Z"));
        var fold = LogFold.Of(Encoding.UTF8.GetBytes(lines), attempts: attempts);

        Assert.Equal(
            [(1, 8, 2L), (2, 9, 1L)],
            fold.Slices.Select(slice => (slice.Run.Attempt, slice.Day.Day, slice.Requests)));
    }

    [Theory]
    [InlineData("", Purpose.Main)]
    [InlineData("agent", Purpose.Main)]
    [InlineData("subagent", Purpose.SubAgent)]
    [InlineData("routing_classification", Purpose.Routing)]
    [InlineData("title", Purpose.Auxiliary)]
    public void The_purpose_is_told_from_its_spelling(string text, Purpose purpose) => Assert.Equal(
        purpose,
        LogFold.Of(Claude.Replace("\"purpose\":\"\"", $"\"purpose\":\"{text}\"", StringComparison.Ordinal)).Slice.Purpose);

    [Theory]
    [InlineData("\"model\":\"Auto: Claude Sonnet 5\"")]
    [InlineData("\"model\":\"claude-sonnet-5\",\"ai_credits_dynamic_selector\":\"copilot:auto\"")]
    public void Automatic_selection_is_marked(string field)
    {
        var slice = LogFold.Of(Claude.Replace("\"model\":\"claude-sonnet-5\"", field, StringComparison.Ordinal)).Slice;

        Assert.True(slice.IsAutoSelected);
        Assert.Equal("claude-sonnet-5", slice.Model);
    }

    [Fact]
    public void A_request_falls_in_the_band_of_its_whole_prompt() => Assert.Equal(
        [32_000L, 200_000L],
        LogFold.Of(Claude, Claude.Replace("a-1", "a-2", StringComparison.Ordinal)
                .Replace("\"cache_read_tokens\":0", "\"cache_read_tokens\":141201", StringComparison.Ordinal))
            .Slices.Select(slice => slice.PromptLengthThresholdTokens));

    [Fact]
    public void Records_that_came_by_another_road_join_the_same_slices()
    {
        var accumulator = new UsageAccumulator("github.com", 1, [], TestPrices.Book);
        var context = new UsageFileContext("aw_session.jsonl", Phase.Agent, 1);
        var record = new TokenUsageRecord
        {
            Timestamp = new DateTimeOffset(2026, 10, 9, 1, 0, 0, TimeSpan.Zero),
            RequestIdHash = RequestIdentity.OfRequest("a-1"),
            Provider = "copilot",
            Model = "claude-sonnet-5",
            InputTokens = 5,
        };

        Assert.True(accumulator.Add(record, context, UsageEvidence.SessionRecords));
        Assert.False(accumulator.Add(record, context, UsageEvidence.SessionRecords));
        Assert.Equal(new LineCounts(0, 1, 0, 0), AddLine(accumulator, context, Claude));
        Assert.Equal(UsageEvidence.SessionRecords, Assert.Single(accumulator.Slices()).Evidence);
    }

    [Fact]
    public void A_record_with_neither_id_nor_line_is_known_by_its_content()
    {
        var accumulator = new UsageAccumulator("github.com", 1, [], TestPrices.Book);
        var context = new UsageFileContext("aw_session.jsonl", Phase.Agent, 1);
        var record = new TokenUsageRecord { Timestamp = DateTimeOffset.UnixEpoch, OutputTokens = 7 };

        Assert.True(accumulator.Add(record, context, UsageEvidence.SessionRecords));
        Assert.False(accumulator.Add(record, context, UsageEvidence.SessionRecords));
        record.OutputTokens = 8;
        Assert.True(accumulator.Add(record, context, UsageEvidence.SessionRecords));
    }

    private static LineCounts AddLine(UsageAccumulator accumulator, UsageFileContext context, string line)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        return accumulator.AddFile(stream, context, problem => Assert.Fail(problem.Message), CancellationToken.None);
    }

    private static string At(string id, string timestamp) => Claude
        .Replace("a-1", id, StringComparison.Ordinal)
        .Replace("2026-10-09T18:15:42.915Z", timestamp, StringComparison.Ordinal);

    private static string Gpt(
        string id, string purpose, string input, string output, string cacheRead, string credits) =>
        $$"""{"_schema":"token-usage/v0.28.50","timestamp":"2026-10-09T05:02:59.199Z","event":"token_usage","request_id":"{{id}}","purpose":"{{purpose}}","provider":"copilot","model":"gpt-5.6-luna","path":"/responses","status":200,"input_tokens":{{input}},"output_tokens":{{output}},"cache_read_tokens":{{cacheRead}},"cache_write_tokens":0,"duration_ms":2520,"ai_credits_this_response":{{credits}},"response_bytes":0}""";
}
