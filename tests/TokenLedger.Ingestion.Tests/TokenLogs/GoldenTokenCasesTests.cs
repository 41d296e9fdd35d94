using System.Globalization;
using System.Text;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

/// <summary>Errors that other tools made and published, by the number of the case; each asserts the right figure.</summary>
public sealed class GoldenTokenCasesTests
{
    private const string Messages = "/v1/messages";
    private const string Chat = "/chat/completions";
    private const string Responses = "/responses";

    [Theory]
    // G01 cached tokens charged as fresh and as cached: 7.80145 instead of 2.16945 credits.
    [InlineData("G01", "openai", Responses, "27369", "264", "22528", "0", "2.5", "0.25", null, "15", "2.16945")]
    // G02 cached tokens taken off though they stand beside the input: 44.719-like errors.
    [InlineData("G02", "anthropic", Messages, "3000", "100", "2000", "0", "3", "0.3", "3.75", "15", "1.11")]
    // G03 cache writes counted twice: 9.1311 credits instead of 5.4399.
    [InlineData("G03", "anthropic", Messages, "3", "550", "0", "12304", "3", null, "3.75", "15", "5.4399")]
    // G04 fresh tokens beside a write: 0.0165795 USD for prompt and write, not 0.0298095.
    [InlineData("G04 write", "anthropic", Messages, "14", "0", "0", "4410", "3", "0.3", "3.75", "15", "1.65795")]
    [InlineData("G04 read", "anthropic", Messages, "14", "0", "4410", "0", "3", "0.3", "3.75", "15", "0.1365")]
    // G06 a streamed cache read billed as input: 0.0020592 USD instead of 0.0002916.
    [InlineData("G06", "openai", Chat, "2459", "23", "2455", "0", "0.8", "0.08", null, "4", "0.02916")]
    // G07 kinds and modalities are different axes: image tokens are prompt tokens.
    [InlineData("G07", "openai", Chat, "100", "10", "90", "0", "1", "0.1", null, "2", "0.0039")]
    public void Cached_tokens_are_charged_once(
        string name, string provider, string path, string input, string output, string read, string write,
        string inputPrice, string? readPrice, string? writePrice, string outputPrice, string credits)
    {
        var book = new PriceBook(
            new ModelNames([]),
            [TestPrices.Row(Channel.FromProvider(provider), "m", new UnitPrices(
                Price(inputPrice), Price(outputPrice), Price(readPrice), Price(writePrice), null))],
            [],
            name);
        var fold = LogFold.Of(
            Encoding.UTF8.GetBytes(Record(provider, "m", path, input, output, read, write)), prices: book);

        Assert.Equal(Price(credits), book.EstimateOf(fold.Slice).AiCredits?.Total);
    }

    [Fact]
    public void G05_an_inclusive_total_is_not_taken_as_fresh()
    {
        var line = Record("anthropic", "m", Messages, "130213", "9", "128955", "1253")
            .Replace("\"status\"", "\"input_tokens_include_cache\":true,\"status\"", StringComparison.Ordinal);
        var tokens = LogFold.Of(line).Slice.Tokens;

        Assert.Equal(5, tokens.Input);
        Assert.Equal(130_213, tokens.Prompt);
    }

    [Fact]
    public void G08_the_hit_rate_is_read_over_the_whole_prompt()
    {
        var tokens = LogFold.Of(Record("openai", "m", Responses, "34900", "9", "33300", "0")).Slice.Tokens;

        Assert.Equal(95, tokens.CacheRead * 100 / tokens.Prompt);
    }

    [Fact]
    public void G09_inclusive_kinds_are_never_summed() => Assert.Equal(
        203_000, LogFold.Of(Record("openai", "m", Responses, "200000", "3000", "140000", "0")).Slice.Tokens.Total);

    [Theory]
    // G10, G12: reasoning is a part of the output. G11: Google counts thoughts beside the candidates.
    [InlineData("openai", "977", "768", 977, 768)]
    [InlineData("copilot", "977", "768", 977, 768)]
    [InlineData("anthropic", "10", "768", 10, 10)]
    [InlineData("gemini", "424", "572", 996, 572)]
    [InlineData("vertex", "424", "572", 996, 572)]
    public void G10_G11_G12_reasoning_is_billed_once(
        string provider, string output, string reasoning, long billed, long noted)
    {
        var line = Record(provider, "m", Chat, "20", output, "0", "0")
            .Replace("\"status\"", $"\"reasoning_tokens\":{reasoning},\"status\"", StringComparison.Ordinal);
        var tokens = LogFold.Of(line).Slice.Tokens;

        Assert.Equal((20, billed, noted), (tokens.Input, tokens.Output, tokens.Reasoning));
    }

    [Theory]
    [InlineData("0", "31490", 152_967, 31_490)]
    [InlineData("31490", "0", 184_457, 0)]
    public void G15_a_split_smaller_than_the_total_loses_no_token(string split5m, string split1h, long short5m, long long1h)
    {
        var fold = LogFold.Of(WithSplit("184457", split5m, split1h));

        Assert.Equal((short5m, long1h), (fold.Slice.Tokens.CacheWrite5m, fold.Slice.Tokens.CacheWrite1h));
        Assert.Equal(
            "cache-write-split-inconsistent", Assert.Single(fold.Accumulator.Notices(1)).Code);
    }

    [Theory]
    [InlineData("300")]
    [InlineData("0")]
    public void A_split_without_rest_is_taken_as_it_is(string total)
    {
        var fold = LogFold.Of(WithSplit(total, "100", "200"));

        Assert.Equal((100, 200), (fold.Slice.Tokens.CacheWrite5m, fold.Slice.Tokens.CacheWrite1h));
        Assert.Empty(fold.Accumulator.Notices(1));
    }

    [Theory]
    [InlineData("cached_input_tokens")]
    [InlineData("cached_tokens")]
    [InlineData("cache_read_input_tokens")]
    public void G16_the_cached_count_is_read_under_every_name(string name)
    {
        var line = Record("openai", "m", Responses, "707301", "9", "0", "0")
            .Replace("\"status\"", $"\"{name}\":672256,\"status\"", StringComparison.Ordinal);
        var tokens = LogFold.Of(line).Slice.Tokens;

        Assert.Equal((35_045, 672_256), (tokens.Input, tokens.CacheRead));
    }

    [Fact]
    public void Cache_writes_are_read_under_anthropics_name()
    {
        var line = Record("anthropic", "m", Messages, "5", "9", "0", "0")
            .Replace("\"status\"", "\"cache_creation_input_tokens\":950,\"status\"", StringComparison.Ordinal);

        Assert.Equal(950, LogFold.Of(line).Slice.Tokens.CacheWrite5m);
    }

    [Fact]
    public void G27_two_equal_requests_with_two_ids_are_two() => Assert.Equal(2, LogFold.Of(
        Record("openai", "m", Chat, "5", "9", "0", "0"),
        Record("openai", "m", Chat, "5", "9", "0", "0").Replace("\"g\"", "\"h\"", StringComparison.Ordinal)).Slice.Requests);

    private static string WithSplit(string total, string split5m, string split1h) =>
        Record("anthropic", "m", Messages, "5", "9", "0", total).Replace(
            "\"status\"",
            $"\"cache_creation\":{{\"ephemeral_5m_input_tokens\":{split5m},\"ephemeral_1h_input_tokens\":{split1h}}},\"status\"",
            StringComparison.Ordinal);

    private static decimal? Price(string? text) =>
        text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Record(
        string provider, string model, string path, string input, string output, string read, string write) =>
        $$"""{"timestamp":"2026-10-09T18:00:00Z","request_id":"g","provider":"{{provider}}","model":"{{model}}","path":"{{path}}","input_tokens":{{input}},"output_tokens":{{output}},"cache_read_tokens":{{read}},"cache_write_tokens":{{write}},"status":200}""";
}
