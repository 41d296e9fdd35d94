using System.Text;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Ingestion.Tests.Billing;

public sealed class CostReportTests
{
    private const string Address =
        "https://api.anthropic.com/v1/organizations/cost_report?starting_at=2026-09-14T00:00:00Z"
        + "&group_by[]=workspace_id&group_by[]=description";

    private static readonly DateOnly Day = new(2026, 9, 14);

    [Theory]
    [InlineData("\"123.78912\"", 123_789_120_000)]
    [InlineData("\"0.000000001\"", 1)]
    [InlineData("\"0.0000000004\"", 0)]
    [InlineData("\"-600\"", -600_000_000_000)]
    [InlineData("\"1e2\"", 100_000_000_000)]
    [InlineData("0.1", 100_000_000)]
    public void Cents_become_credits_to_the_last_digit_and_a_refund_stays_one(string amount, long nanoCredits)
    {
        var charge = Assert.Single(Assert.Single(Read(Page([Row(amount)])).Days).Charges);

        Assert.Equal(nanoCredits, charge.GrossNanoCredits);
        Assert.Null(charge.NetNanoCredits);
    }

    [Theory]
    [InlineData("\"many\"", "TL0609")]
    [InlineData("\"1,5\"", "TL0609")]
    [InlineData("\"99999999999999999999\"", "TL0609")]
    [InlineData("true", "TL0609")]
    [InlineData("null", "TL0610")]
    [InlineData("\"\"", "TL0610")]
    [InlineData("{\"value\":\"1\"}", "TL0610")]
    public void An_amount_that_is_no_number_is_a_problem_and_leaves_the_day_incomplete(string amount, string code)
    {
        var bill = Read(Page([Row("\"1\""), Row(amount, model: "claude-haiku-5-5")]));

        Assert.Equal([code], bill.Problems.Select(problem => problem.Code));
        Assert.True(Assert.Single(bill.Days).IsIncomplete);
        Assert.Empty(Read(Page([Row(amount)])).Days);
    }

    [Theory]
    [InlineData("uncached_input_tokens", TokenKind.Input)]
    [InlineData("output_tokens", TokenKind.Output)]
    [InlineData("cache_read_input_tokens", TokenKind.CacheRead)]
    [InlineData("cache_creation.ephemeral_5m_input_tokens", TokenKind.CacheWrite5m)]
    [InlineData("cache_creation.ephemeral_1h_input_tokens", TokenKind.CacheWrite1h)]
    [InlineData("tokens_of_tomorrow", null)]
    public void A_token_type_is_a_token_kind(string type, TokenKind? kind)
    {
        var charge = OnlyCharge(Page([Row("\"1\"", type: type)]));

        Assert.Equal(
            (kind, SkuFamily.Tokens, ChargeCategory.AgentOrPeople),
            (charge.Dimensions.TokenKind, charge.Family, charge.Category));
    }

    [Theory]
    [InlineData(Address, "default")]
    [InlineData(null, "default")]
    [InlineData("https://api.anthropic.com/v1/organizations/cost_report?group_by[]=description", null)]
    [InlineData("https://api.anthropic.com/v1/organizations/cost_report?group_by%5B%5D=workspace_id", "default")]
    public void No_workspace_is_the_default_one_unless_workspaces_were_not_asked_for(string? url, string? workspace) =>
        Assert.Equal(workspace, OnlyCharge(Page([Row("\"1\"")], url: url)).Dimensions.Workspace.Text);

    [Fact]
    public void Dimensions_that_are_null_name_nothing()
    {
        var row = """
            {"amount":"1","currency":"USD","cost_type":"tokens","description":"x","model":null,"service_tier":null,
            "token_type":null,"context_window":null,"inference_geo":null,"workspace_id":null}
            """;

        var named = OnlyCharge(Page([row])).Dimensions;

        Assert.Equal((false, false, null), (named.Model.IsNamed, named.ServiceTier.IsNamed, named.TokenKind));
    }

    [Fact]
    public void Fields_that_nobody_knows_change_neither_ids_nor_hashes()
    {
        var (known, more) = (Row("\"1\""), Row("\"1\"")[..^1] + ""","speed":"fast","list_amount":"2","x":{"y":[1]}}""");

        Assert.Equal(Read(Page([known])).Days[0].ContentHash, Read(Page([more])).Days[0].ContentHash);
    }

    [Fact]
    public void All_pages_of_a_file_are_one_bill_with_or_without_their_addresses()
    {
        var (first, second) = (Row("\"1\"", type: "output_tokens"), Row("\"2\""));
        var one = Read(Page([first, second]));

        var addressed = Read(
            $"[{Page([first], next: "a=", url: Address)},{Page([second], url: Address + "&page=a%3D")}]");
        var bare = Read(Page([first], next: "a=") + "\n" + Page([second]));

        Assert.All([addressed, bare], bill => Assert.Empty(bill.Problems));
        Assert.Equal(one.Days[0].ContentHash, Assert.Single(addressed.Days).ContentHash);
        Assert.Equal(one.Days[0].ContentHash, Assert.Single(bare.Days).ContentHash);
    }

    public static TheoryData<string> Cut() =>
    [
        Page([Row("\"1\"")], next: "a"),
        Page([Row("\"1\"")], next: "a", url: Address),
        Page([Row("\"1\"")], url: Address + "&page=a"),
        Page([Row("\"1\"")], next: "a", url: Address) + Page([Row("\"2\"")], url: Address + "&page=b"),
        Page([Row("\"1\"")], next: "a", url: Address) + Page([Row("\"2\"")], url: Address + "&limit=1&page=a"),
        Page([Row("\"1\"")], next: "a") + Page([Row("\"2\"")], next: "a")
            + Page([Row("\"3\"")], url: Address + "&page=a"),
        Page([Row("\"1\"")]).Replace("\"has_more\":false,", "", StringComparison.Ordinal),
        Page([Row("\"1\"")]).Replace("false,\"next_page\":null", "true", StringComparison.Ordinal),
        Page([Row("\"1\"")])[..^40],
    ];

    [Theory]
    [MemberData(nameof(Cut))]
    public void A_report_of_which_a_page_is_missing_is_no_bill(string content)
    {
        var bill = Read(content);

        Assert.Empty(bill.Days);
        Assert.Contains("TL0622", bill.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_row_that_stands_on_two_pages_is_billed_once()
    {
        var bill = Read(Page([Row("\"1\"")], next: "a") + Page([Row("\"2\"")]));

        var day = Assert.Single(bill.Days);
        Assert.Equal((1_000_000_000, true), (Assert.Single(day.Charges).GrossNanoCredits, day.IsIncomplete));
    }

    [Theory]
    [InlineData("2026-09-14T00:00:00Z", "2026-09-16T00:00:00Z", "TL0616")]
    [InlineData("2026-09-14T01:00:00Z", "2026-09-15T01:00:00Z", "TL0616")]
    [InlineData("2026-09-14T00:00:00Z", "soon", "TL0616")]
    [InlineData("2026-09-13T00:00:00Z", "2026-09-14T00:00:00Z", "TL0607")]
    public void A_bucket_is_one_utc_day_and_the_one_asked_for(string start, string end, string code)
    {
        var bill = Read(Page([Row("\"1\"")], start: start, end: end), day: Day);

        Assert.Empty(bill.Days);
        Assert.Equal([code], bill.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_day_without_rows_is_a_bill_of_nothing()
    {
        var day = Assert.Single(Read(Page([])).Days);

        Assert.Equal(
            ("anthropic:organization:acme", BillView.CostReport, 0), (day.Account.Key, day.View, day.Charges.Count));
    }

    [Fact]
    public void Ungrouped_money_is_refused_and_so_is_a_bill_of_nobody()
    {
        Assert.Equal("TL0623", Assert.Single(Read(Page(["""{"amount":"1","currency":"USD"}"""])).Problems).Code);
        Assert.Equal("TL0605", Assert.Single(Read(Page([Row("\"1\"")]), org: null).Problems).Code);
        var euros = Row("\"1\"").Replace("USD", "EUR", StringComparison.Ordinal);
        Assert.Equal("TL0615", Assert.Single(Read(Page([euros])).Problems).Code);
    }

    [Theory]
    [InlineData("https://api.anthropic.com/v1/organizations/usage_report/messages", "TL0609")]
    [InlineData("https://api.anthropic.com/v1/organizations/analytics/cost_report", "TL0621")]
    public void Another_report_of_the_same_form_is_no_bill(string url, string code) =>
        Assert.Equal(code, Assert.Single(Read(Page([Row("\"1\"")], url: url)).Problems).Code);

    private static Charge OnlyCharge(string content) => Assert.Single(Assert.Single(Read(content).Days).Charges);

    private static BillFile Read(string content, string? org = "acme", DateOnly? day = null) => BillReader.Read(
        Encoding.UTF8.GetBytes(content), "bill.json", new BillHints { Organization = org, Day = day },
        PriceBookReader.Shipped().Names);

    private static string Row(
        string amount, string type = "uncached_input_tokens", string model = "claude-opus-5") =>
        $$"""
        {"amount":{{amount}},"currency":"USD","cost_type":"tokens","description":"Usage","model":"{{model}}",
        "token_type":"{{type}}","workspace_id":null}
        """;

    private static string Page(
        string[] rows, string? next = null, string? url = null,
        string start = "2026-09-14T00:00:00Z", string end = "2026-09-15T00:00:00Z")
    {
        var (more, cursor) = next is null ? ("false", "null") : ("true", $"\"{next}\"");
        var body = $$"""
            {"data":[{"starting_at":"{{start}}","ending_at":"{{end}}","results":[{{string.Join(',', rows)}}]}],
            "has_more":{{more}},"next_page":{{cursor}}}
            """;
        return url is null ? body : $$"""{"url":"{{url}}","response":{{body}}}""";
    }
}
