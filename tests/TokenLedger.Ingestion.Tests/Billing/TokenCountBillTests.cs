using System.Text;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Ingestion.Tests.Billing;

public sealed class TokenCountBillTests
{
    private const string Person = """
        {"date":"DAY","model_breakdown":[{"model":"claude-opus-5","tokens":{"input":1,"output":2,"cache_read":3,
        "cache_creation":4},"estimated_cost":{"currency":"CURRENCY","amount":67}}],
        "actor":{"type":"user_actor","email_address":"dev@example.com"},"customer_type":"api"}
        """;

    [Theory]
    [InlineData("\"output_tokens\":null")]
    [InlineData("\"output_tokens\":\"7.5\"")]
    [InlineData("\"output_tokens\":-7")]
    [InlineData("\"other\":7")]
    public void A_kind_that_is_not_counted_is_never_nothing(string output)
    {
        var read = Read(Messages(Row("\"output_tokens\":3777") + "," + Row(output)));

        Assert.Equal("TL0609", Assert.Single(read.Problems).Code);
        Assert.Contains(read.Notices, notice => notice.Code == "day-incomplete");
    }

    [Fact]
    public void Rows_of_zeros_are_a_day_of_nothing()
    {
        var day = Assert.Single(Read(Messages(Row("\"output_tokens\":0").Replace(":10", ":0", StringComparison.Ordinal))).Days);

        Assert.Equal((BillView.MessagesUsage, 0), (day.View, day.Charges.Count));
    }

    [Theory]
    [InlineData("\"input_cached_tokens\":400,\"input_cache_write_tokens\":100", 500)]
    [InlineData("\"input_cached_tokens\":400,\"input_uncached_tokens\":500", 500)]
    [InlineData("\"input_cached_tokens\":400,\"input_cache_write_tokens\":100,\"input_uncached_tokens\":500", 500)]
    [InlineData("\"input_cached_tokens\":400", null)]
    [InlineData("\"input_cached_tokens\":400,\"input_cache_write_tokens\":100,\"input_uncached_tokens\":501", null)]
    [InlineData("\"input_cached_tokens\":400,\"input_cache_write_tokens\":700", null)]
    public void What_OpenAI_leaves_out_follows_from_the_rest_or_is_unknown(string parts, int? fresh)
    {
        var read = Read("{\"object\":\"page\",\"data\":[{\"object\":\"bucket\",\"start_time\":1789344000,\"end_time\":1789430400,"
            + "\"results\":[{\"object\":\"organization.usage.completions.result\",\"input_tokens\":1000,\"output_tokens\":5,"
            + $"\"model\":\"gpt-5.6-sol\",{parts}}}]}}],\"has_more\":false,\"next_page\":null}}");

        var input = read.Days.SelectMany(day => day.Charges)
            .SingleOrDefault(charge => charge.Dimensions.TokenKind == TokenKind.Input);
        Assert.Equal(fresh, (int?)input?.Quantity);
        Assert.Equal(fresh is null ? 1 : 0, read.Problems.Count);
    }

    [Fact]
    public void A_second_bucket_of_a_day_and_a_second_list_of_rows_are_refused()
    {
        var bucket = Bucket(Row("\"output_tokens\":1"));
        var twice = Read($"{{\"data\":[{bucket},{bucket}],\"has_more\":false}}");
        var doubled = Read($"{{\"data\":[{bucket[..^1]},\"results\":[{Row("\"output_tokens\":2")}]}}],\"has_more\":false}}");

        Assert.Equal("TL0622", Assert.Single(twice.Problems).Code);
        Assert.NotEmpty(doubled.Problems);
        Assert.Contains(doubled.Notices, notice => notice.Code == "day-incomplete");
    }

    [Theory]
    [InlineData("9999-12-31T00:00:00Z", "TL0616")]
    [InlineData("2026-09-14T07:00:00Z", "TL0616")]
    [InlineData("soon", "TL0616")]
    public void A_persons_day_that_is_none_is_refused(string day, string code) => Assert.Equal(
        code, Assert.Single(Read(Persons(Person.Replace("DAY", day, StringComparison.Ordinal))).Problems).Code);

    [Theory]
    [InlineData("USD", 5)]
    [InlineData("EUR", 4)]
    public void An_estimate_in_another_currency_is_left_out(string currency, int rows)
    {
        var row = Person.Replace("DAY", "2026-09-14T00:00:00Z", StringComparison.Ordinal)
            .Replace("CURRENCY", currency, StringComparison.Ordinal);

        var day = Assert.Single(Read(Persons(row)).Days);

        Assert.Equal((BillView.ClaudeCodeUsage, rows), (day.View, day.Charges.Count));
        Assert.All(day.Charges, charge => Assert.Equal("dev@example.com", charge.Dimensions.User.Text));
        Assert.All(day.Charges, charge => Assert.Equal(0, charge.GrossNanoCredits));
    }

    private static string Row(string output) =>
        "{\"model\":\"claude-opus-5\",\"uncached_input_tokens\":10,\"cache_read_input_tokens\":10,"
        + $"\"cache_creation\":{{\"ephemeral_5m_input_tokens\":10,\"ephemeral_1h_input_tokens\":10}},{output}}}";

    private static string Bucket(string rows) =>
        $"{{\"starting_at\":\"2026-09-14T00:00:00Z\",\"ending_at\":\"2026-09-15T00:00:00Z\",\"results\":[{rows}]}}";

    private static string Messages(string rows) => $"{{\"data\":[{Bucket(rows)}],\"has_more\":false,\"next_page\":null}}";

    private static string Persons(string rows) =>
        "{\"url\":\"https://api.anthropic.com/v1/organizations/usage_report/claude_code?starting_at=2026-09-14&limit=1000\","
        + $"\"response\":{{\"data\":[{rows}],\"has_more\":false,\"next_page\":null}}}}";

    private static BillFile Read(string content) => BillReader.Read(
        Encoding.UTF8.GetBytes(content), "bill.json", new BillHints { Organization = "acme" },
        PriceBookReader.Shipped().Names);
}
