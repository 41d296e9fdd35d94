using System.Text;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Ingestion.Tests.Prices;

public sealed class PriceBookReaderTests
{
    private const string GoodRow =
        """
        {"channel":"copilot","model":"m","validFrom":"2026-06-01","validTo":null,"promptTokensAbove":0,
        "usdPerMillionTokens":{"input":"0.075","output":"1","cacheRead":null,"cacheWrite5m":"1","cacheWrite1h":null},
        "source":"a test","asOf":"2026-06-01","verified":true}
        """;

    [Fact]
    public void A_sound_file_is_read_and_nothing_is_rounded()
    {
        var (book, problems) = Read(File(GoodRow));
        Assert.Empty(problems);
        Assert.Equal(0.075m, Assert.Single(book!.Rows).UsdPerMillionTokens.Input);
        Assert.Null(Assert.Single(book.Rows).UsdPerMillionTokens.CacheRead);
        Assert.Matches("^[0-9a-f]{64}$", book.Hash);
    }

    [Theory]
    [InlineData("\"0.075\"", "0.075", "TL0204")]
    [InlineData("\"2026-06-01\",\"validTo\"", "\"June\",\"validTo\"", "TL0204")]
    [InlineData("\"promptTokensAbove\":0", "\"promptTokensAbove\":1.5", "TL0204")]
    [InlineData("\"promptTokensAbove\":0", "\"promptTokensAbove\":5", "TL0205")]
    [InlineData("\"0.075\"", "\"-1\"", "TL0205")]
    [InlineData("\"validTo\":null", "\"validTo\":\"2026-06-01\"", "TL0205")]
    [InlineData("\"verified\":true", "\"verified\":\"yes\"", "TL0204")]
    [InlineData("\"cacheRead\"", "\"cacheReads\"", "TL0204")]
    [InlineData("\"asOf\":\"2026-06-01\"", "\"asOf\":null", "TL0204")]
    public void A_wrong_row_is_refused_with_its_code(string good, string bad, string code)
    {
        Assert.Contains(good, GoodRow, StringComparison.Ordinal);
        var (book, problems) = Read(File(GoodRow.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Null(book);
        Assert.Contains(problems, problem => string.Equals(problem.Code, code, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_of_a_file_come_at_once()
    {
        var (_, problems) = Read(File(
            GoodRow.Replace("\"0.075\"", "7", StringComparison.Ordinal),
            GoodRow.Replace("\"verified\":true", "\"verified\":1", StringComparison.Ordinal)));
        Assert.Equal(2, problems.Count);
    }

    [Fact]
    public void Rows_that_overlap_are_refused()
    {
        var (book, problems) = Read(File(GoodRow, GoodRow));
        Assert.Null(book);
        Assert.Contains("overlaps", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_json_names_the_line()
    {
        var (book, problems) = Read("{\n\"schema\": oops}");
        Assert.Null(book);
        Assert.Equal(("TL0201", 2L), (problems[0].Code, problems[0].Line!.Value));
    }

    [Fact]
    public void A_file_of_another_form_is_refused()
    {
        var (book, problems) = Read("""{"schema":"litellm","rows":[]}""");
        Assert.Null(book);
        Assert.Equal("TL0203", problems[0].Code);
    }

    private static string File(params string[] rows) =>
        $$"""{"schema":"tokenledger/prices/v1","rows":[{{string.Join(",\n", rows)}}]}""";

    private static (Domain.Pricing.PriceBook? Book, IReadOnlyList<InputProblem> Problems) Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (PriceBookReader.Read(stream, "my-prices.json", out var problems), problems);
    }
}
