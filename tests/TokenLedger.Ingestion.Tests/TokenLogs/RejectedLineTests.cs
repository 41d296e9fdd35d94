using System.Text;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class RejectedLineTests
{
    private const string Valid = """
        {"timestamp":"2026-10-09T18:00:00Z","request_id":"v","provider":"openai","model":"gpt-5.4","input_tokens":5,"output_tokens":1}
        """;

    [Theory]
    [InlineData("TL0101", "not json")]
    [InlineData("TL0101", """{"timestamp":"2026-10-09T18:00:00Z","input_tokens":1} {}""")]
    [InlineData("TL0101", """{"timestamp":"2026-10-09T18:00:00Z","input_tokens":1,}""")]
    [InlineData("TL0101", """{"timestamp":"2026-10-09T18:00:00Z","input_tokens":01}""")]
    [InlineData("TL0101", """{"timestamp":"2026-10-09T18:00:00Z","model":"\ud800","input_tokens":1}""")]
    [InlineData("TL0105", "[]")]
    [InlineData("TL0105", "17")]
    [InlineData("TL0106", """{"_schema":"otel-span/v1","timestamp":"2026-10-09T18:00:00Z","input_tokens":1}""")]
    [InlineData("TL0106", """{"_schema":3,"timestamp":"2026-10-09T18:00:00Z","input_tokens":1}""")]
    [InlineData("TL0107", """{"timestamp":"2026-10-09T18:00:00Z","input_tokens":-1}""")]
    [InlineData("TL0107", """{"timestamp":"2026-10-09T18:00:00Z","output_tokens":1.5}""")]
    [InlineData("TL0107", """{"timestamp":"2026-10-09T18:00:00Z","output_tokens":"many"}""")]
    [InlineData("TL0107", """{"timestamp":"2026-10-09T18:00:00Z","output_tokens":[1]}""")]
    [InlineData("TL0108", """{"timestamp":"2026-10-09T18:00:00Z","cache_read_tokens":1000000000000001}""")]
    [InlineData("TL0109", """{"input_tokens":1}""")]
    [InlineData("TL0110", """{"timestamp":"2026-10-09T18:00:00","input_tokens":1}""")]
    [InlineData("TL0110", """{"timestamp":"yesterday","input_tokens":1}""")]
    [InlineData("TL0110", """{"timestamp":1760000000,"input_tokens":1}""")]
    [InlineData("TL0111", """{"timestamp":"2026-10-09T18:00:00Z","status":429,"input_tokens":1}""")]
    [InlineData("TL0112", """{"timestamp":"2026-10-09T18:00:00Z","provider":"openai"}""")]
    public void A_line_that_cannot_be_counted_is_rejected_and_the_rest_goes_on(string code, string line)
    {
        var fold = LogFold.Of(line, Valid);

        Assert.Equal(new LineCounts(Accepted: 1, Duplicate: 0, Rejected: 1, Blank: 0), fold.Counts);
        var problem = Assert.Single(fold.Problems);
        Assert.Equal((code, 1L), (problem.Code, problem.Line!.Value));
        Assert.Equal(6, fold.Slice.Tokens.Total);
    }

    [Theory]
    [InlineData("\"input_tokens\":1200.0")]
    [InlineData("\"input_tokens\":1.2e3")]
    [InlineData("\"input_tokens\":\"1200\"")]
    [InlineData("\"input_tokens\":1,\"input_tokens\":1200")]
    [InlineData("\"input\\u005ftokens\":1200")]
    [InlineData("\"input_tokens\":1200,\"output_tokens\":null,\"unknown\":{\"deep\":[[{}]]}")]
    [InlineData("\"input_tokens\":1200,\"status\":101")]
    [InlineData("\"input_tokens\":1200,\"ai_credits_this_response\":\"lots\"")]
    [InlineData("\"input_tokens\":1200,\"model\":null,\"provider\":17")]
    public void A_whole_count_is_taken_in_every_spelling(string fields)
    {
        var fold = LogFold.Of($$"""{"timestamp":"2026-10-09T18:00:00Z",{{fields}}}""");

        Assert.Empty(fold.Problems);
        Assert.Equal(1200, fold.Slice.Tokens.Input);
        Assert.Null(fold.Accumulator.ProxyReportedAiCredits(1));
    }

    [Fact]
    public void Depth_over_64_is_rejected()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70));

        Assert.Equal(
            "TL0101",
            LogFold.Of($$"""{"timestamp":"2026-10-09T18:00:00Z","input_tokens":1,"x":{{deep}}}""").Codes);
    }

    [Fact]
    public void A_name_over_256_characters_is_rejected()
    {
        var name = new string('m', 257);

        Assert.Equal(
            "TL0113",
            LogFold.Of($$"""{"timestamp":"2026-10-09T18:00:00Z","input_tokens":1,"model":"{{name}}"}""").Codes);
    }

    [Fact]
    public void Invalid_utf8_is_rejected_even_where_nobody_reads_it()
    {
        byte[] line = [.. """{"timestamp":"2026-10-09T18:00:00Z","input_tokens":1,"x":"%"}"""u8, (byte)'\n'];
        line[Array.IndexOf(line, (byte)'%')] = 0xFF;

        Assert.Equal("TL0104", LogFold.Of(line).Codes);
    }

    [Fact]
    public void Invented_models_are_rejected_above_the_bound_on_slices()
    {
        var lines = Enumerable.Range(0, 10_002).Select(i => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"timestamp":"2026-10-09T18:00:00Z","request_id":"{{i}}","model":"m{{i}}","input_tokens":1}"""));
        var fold = LogFold.Of([.. lines]);

        Assert.Equal(10_000, fold.Slices.Count);
        Assert.Equal([(10_001L, "TL0114"), (10_002L, "TL0114")], fold.Problems.Select(p => (p.Line!.Value, p.Code)));
    }

    [Fact]
    public void Counts_that_would_overflow_a_run_are_rejected()
    {
        var lines = Enumerable.Range(0, 1001).Select(i => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"timestamp":"2026-10-09T18:00:00Z","request_id":"{{i}}","model":"m","input_tokens":1000000000000000}"""));
        var fold = LogFold.Of([.. lines]);

        Assert.Equal(1_000_000_000_000_000_000, fold.Slice.Tokens.Input);
        Assert.Equal("TL0115", fold.Codes);
    }

    [Fact]
    public void No_message_repeats_what_the_log_says()
    {
        var fold = LogFold.Of("ghp_secret", """{"_schema":"ghp_secret"}""", """{"timestamp":"ghp_secret","input_tokens":1}""");

        Assert.Equal(3, fold.Problems.Count);
        Assert.DoesNotContain(fold.Problems, p => p.Message.Contains("ghp_secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_is_listed_in_the_documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
            folder = folder.Parent!;
        var listed = File.ReadAllText(Path.Combine(folder.FullName, "docs", "codes.md"), Encoding.UTF8);

        Assert.All(
            Enum.GetValues<TokenLedger.Ingestion.TokenLogs.Records.LineRejection>().Where(rejection => rejection != 0),
            rejection => Assert.Contains(
                "| " + TokenLedger.Ingestion.TokenLogs.Records.LineRejections.Problem("x", 1, rejection).Code + " |",
                listed, StringComparison.Ordinal));
    }
}
