using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Ingestion.Tests.Billing;

public sealed class OrganizationCostsTests
{
    private const string Address =
        "https://api.openai.com/v1/organization/costs?start_time=1789344000&end_time=1789430400&bucket_width=1d"
        + "&group_by[]=line_item&group_by[]=project_id";

    private const string From = "1789344000";
    private const string Until = "1789430400";

    private static readonly DateOnly Day = new(2026, 9, 14);

    [Theory]
    [InlineData("4", 400_000_000_000)]
    [InlineData("4.0", 400_000_000_000)]
    [InlineData("1e-05", 1_000_000)]
    [InlineData("1E-11", 1)]
    [InlineData("4e-12", 0)]
    [InlineData("0.1", 10_000_000_000)]
    [InlineData("0.30000000000000004", 30_000_000_000)]
    [InlineData("0.1234567890123456789012345678901234567890", 12_345_678_901)]
    [InlineData("-2.5", -250_000_000_000)]
    [InlineData("0", 0)]
    [InlineData("0E-6176", 0)]
    [InlineData("\"1.2345\"", 123_450_000_000)]
    public void Dollars_become_credits_to_the_last_digit_and_a_refund_stays_one(string amount, long nanoCredits)
    {
        var charge = OnlyCharge(Page([Row(amount)]));

        Assert.Equal(nanoCredits, charge.GrossNanoCredits);
        Assert.Null(charge.NetNanoCredits);
    }

    [Theory]
    [InlineData("\"many\"", "TL0609")]
    [InlineData("\"1,5\"", "TL0609")]
    [InlineData("12345678901234567890123456789", "TL0609")]
    [InlineData("1e30", "TL0609")]
    [InlineData("true", "TL0609")]
    [InlineData("null", "TL0610")]
    [InlineData("\"\"", "TL0610")]
    [InlineData("{\"value\":1}", "TL0610")]
    public void An_amount_that_is_no_number_is_a_problem_and_leaves_the_day_incomplete(string amount, string code)
    {
        var bill = Read(Page([Row("1"), Row(amount, "gpt-5.6-luna, input")]));

        Assert.Equal([code], bill.Problems.Select(problem => problem.Code));
        Assert.True(Assert.Single(bill.Days).IsIncomplete);
        Assert.Empty(Read(Page([Row(amount)])).Days);
    }

    [Theory]
    [InlineData("""{"object":"organization.costs.result","line_item":"a, input"}""", "TL0610")]
    [InlineData("""{"object":"organization.costs.result","line_item":"a, input","amount":1}""", "TL0610")]
    [InlineData("""{"object":"organization.costs.result","line_item":"a, input","amount":null}""", "TL0610")]
    [InlineData("""{"line_item":"a, input","amount":{"value":1}}""", "TL0615")]
    [InlineData("""{"line_item":"a, input","amount":{"value":1,"currency":"eur"}}""", "TL0615")]
    [InlineData("""{"line_item":"a, input","amount":{"value":1,"value":2,"currency":"usd"}}""", "TL0618")]
    [InlineData("""{"line_item":"a","line_item":"b","amount":{"value":1,"currency":"usd"}}""", "TL0618")]
    [InlineData("""{"line_item":"\ud800","amount":{"value":1,"currency":"usd"}}""", "TL0618")]
    [InlineData("7", "TL0618")]
    public void A_row_without_its_money_is_rejected_by_name(string row, string code)
    {
        var bill = Read(Page([Row("1"), row]));

        Assert.Equal([code], bill.Problems.Select(problem => problem.Code));
        Assert.True(Assert.Single(bill.Days).IsIncomplete);
    }

    [Theory]
    [InlineData("gpt-4o-2024-08-06, Input", "gpt-4o", TokenKind.Input, null, false)]
    [InlineData("gpt-5.6-luna, output", "gpt-5-6-luna", TokenKind.Output, null, false)]
    [InlineData("gpt-5.6-sol, cached input", "gpt-5-6-sol", TokenKind.CacheRead, null, false)]
    [InlineData("gpt-5.6-sol, Input cached", "gpt-5-6-sol", TokenKind.CacheRead, null, false)]
    [InlineData("gpt-5.6-sol, uncached input", "gpt-5-6-sol", TokenKind.Input, null, false)]
    [InlineData("gpt-5.6-sol, cache write", "gpt-5-6-sol", TokenKind.CacheWrite5m, null, false)]
    [InlineData("gpt-5.6-sol, cache writes", "gpt-5-6-sol", TokenKind.CacheWrite5m, null, false)]
    [InlineData("gpt-5.6-sol,input cache write", "gpt-5-6-sol", TokenKind.CacheWrite5m, null, false)]
    [InlineData("gpt-5.6-sol, batch input", "gpt-5-6-sol", TokenKind.Input, "batch", false)]
    [InlineData("priority | gpt-5.6-sol, output", "gpt-5-6-sol", TokenKind.Output, "priority", false)]
    [InlineData("Flex | gpt-5.6-sol, cached input, long context", "gpt-5-6-sol", TokenKind.CacheRead, "flex", true)]
    [InlineData("gpt-5.6-sol, output, Long context", "gpt-5-6-sol", TokenKind.Output, null, true)]
    [InlineData("input_tokens", null, TokenKind.Input, null, false)]
    public void A_listed_line_item_names_model_kind_tier_and_length(
        string text, string? model, TokenKind kind, string? tier, bool isLong)
    {
        var charge = OnlyCharge(Page([Row("1", text)]));

        var named = charge.Dimensions;
        Assert.Equal(text, charge.Sku);
        Assert.Equal((SkuFamily.Tokens, ChargeCategory.AgentOrPeople), (charge.Family, charge.Category));
        Assert.Equal(
            (model, kind, tier, isLong ? "long" : null),
            (named.Model.Text, named.TokenKind, named.ServiceTier.Text, named.ContextBand.Text));
    }

    [Theory]
    [InlineData("gpt-5.6-sol, reasoning output")]
    [InlineData("gpt-5.6-sol input")]
    [InlineData(", input")]
    [InlineData("scale | gpt-5.6-sol, input")]
    [InlineData("priority | , input")]
    [InlineData("gpt-5.6-sol, input, short context")]
    [InlineData("Completions")]
    [InlineData(",")]
    [InlineData("|")]
    [InlineData(null)]
    public void A_line_item_that_nobody_listed_keeps_its_text_and_money_and_names_nothing(string? text)
    {
        var days = Read(Page([Row("1", text), Row("2")], url: Address)).Days;

        var charge = Assert.Single(Assert.Single(days).Charges, row => row.Sku == text);
        Assert.Equal((SkuFamily.Tokens, ChargeCategory.Other), (charge.Family, charge.Category));
        Assert.Equal(
            (false, null, null, 100_000_000_000),
            (charge.Dimensions.Model.IsNamed, charge.Dimensions.TokenKind, charge.ModelText, charge.GrossNanoCredits));
    }

    [Theory]
    [InlineData("web search tool calls", null)]
    [InlineData("Vector storage", null)]
    [InlineData("file search calls", "calls")]
    [InlineData("code interpreter", "duration_minutes")]
    [InlineData("gpt-image-2.5-flare image, output", "tokens")]
    [InlineData("gpt-image-2.5-sunburst text, cached input", "tokens")]
    [InlineData("gpt-audio-mini-2025-12-15 audio, input", "tokens")]
    [InlineData("text-embedding-3-large-2024-01-25, input", "tokens")]
    [InlineData("gpt-5.6-sol, input", "images")]
    public void What_is_no_figure_of_a_token_log_is_no_ai_usage(string text, string? unit)
    {
        var charge = OnlyCharge(Page([Row("1", text, unit: unit)]));

        Assert.Equal((SkuFamily.Other, ChargeCategory.Other, text), (charge.Family, charge.Category, charge.Sku));
    }

    [Theory]
    [InlineData("&group_by[]=project_id", "proj_a", "=proj_a")]
    [InlineData("&group_by[]=project_id", null, "-")]
    [InlineData("&group_by=line_item,project_id", null, "-")]
    [InlineData("", null, "*")]
    [InlineData("", "proj_a", "=proj_a")]
    public void No_project_is_nobodys_unless_projects_were_not_asked_for(string groups, string? project, string expected)
    {
        var url = "https://api.openai.com/v1/organization/costs?group_by[]=line_item" + groups;

        var named = OnlyCharge(Page([Row("1", project: project)], url: url)).Dimensions;

        Assert.Equal((expected, "*"), (named.Project.ToString(), named.ApiKey.ToString()));
    }

    [Fact]
    public void Without_an_address_projects_and_keys_were_asked_for_when_any_row_names_one()
    {
        var none = OnlyCharge(Page([Row("1", project: null)])).Dimensions;
        var some = Assert.Single(Read(Page(
            [Row("1", project: null), Row("2", project: "proj_a", key: "key_a")])).Days).Charges;

        Assert.Equal(("*", "*"), (none.Project.ToString(), none.ApiKey.ToString()));
        Assert.Equal(
            [("-", "-"), ("=proj_a", "=key_a")],
            some.Select(row => (row.Dimensions.Project.ToString(), row.Dimensions.ApiKey.ToString())).Order());
    }

    [Fact]
    public void Quantities_are_kept_raw_and_only_what_has_one_unit_is_added()
    {
        var item = "\"line_item\":\"a, input\",\"amount\":{\"value\":1,\"currency\":\"usd\"}";

        var kept = OnlyCharge(Page([$$"""{{{item}},"quantity":10000000,"quantity_unit":"tokens"}"""]));
        var mixed = OnlyCharge(Page(
        [
            $$"""{{{item}},"quantity":1,"quantity_unit":"tokens"}""",
            $$"""{{{item}},"quantity":1,"quantity_unit":"1000_tokens"}""",
        ]));
        var bad = OnlyCharge(Page([$$"""{{{item}},"quantity":"many","quantity_unit":"tokens"}"""]));

        Assert.Equal((10_000_000m, "tokens"), (kept.Quantity, kept.Unit));
        Assert.Equal((null, 200_000_000_000), (mixed.Quantity, mixed.GrossNanoCredits));
        Assert.Equal((null, 100_000_000_000), (bad.Quantity, bad.GrossNanoCredits));
    }

    [Fact]
    public void Fields_that_nobody_knows_and_order_change_neither_ids_nor_hashes()
    {
        var (one, two) = (Row("1"), Row("2", "gpt-5.6-sol, output"));
        var more = one[..^1] + ""","service_tier":"default","organization_id":"org","x":{"y":[1]}}""";

        Assert.Equal(Read(Page([one, two])).Days[0].ContentHash, Read(Page([two, more])).Days[0].ContentHash);
    }

    [Fact]
    public void All_pages_of_a_file_are_one_bill_with_or_without_their_addresses()
    {
        var (first, second) = (Row("1", "a, output"), Row("2"));
        var one = Read(Page([first, second]));

        var addressed = Read(
            $"[{Page([first], next: "a=", url: Address)},{Page([second], url: Address + "&page=a%3D")}]");
        var bare = Read(Page([first], next: "a=") + "\n" + Page([second]));

        Assert.All([addressed, bare], bill => Assert.Empty(bill.Problems));
        Assert.Equal(one.Days[0].ContentHash, Assert.Single(addressed.Days).ContentHash);
        Assert.Equal(one.Days[0].ContentHash, Assert.Single(bare.Days).ContentHash);
    }

    [Fact]
    public void Order_pages_and_notation_change_nothing_and_nothing_of_the_money_is_lost() =>
        Check.QuickThrowOnFailure(Prop.ForAll<int[], PositiveInt, int>((nanoCredits, perPage, seed) =>
        {
            var rows = nanoCredits.Select((amount, number) => Row($"{amount}e-11", $"model-{number}, output")).ToArray();
            var others = nanoCredits.Select((amount, number) => Row(
                (amount * 0.00000000001m).ToString(CultureInfo.InvariantCulture), $"model-{number}, output")).ToArray();
            new System.Random(seed).Shuffle(others);
            var pages = others.Chunk(perPage.Get).DefaultIfEmpty([]).ToList();
            var paged = Read(string.Join('\n', pages.Select(
                (page, at) => Page(page, next: at == pages.Count - 1 ? null : $"cursor-{at}"))));

            var (one, day) = (Assert.Single(Read(Page(rows)).Days), Assert.Single(paged.Days));
            return one.ContentHash == day.ContentHash && !day.IsIncomplete
                && day.Charges.Sum(charge => charge.GrossNanoCredits) == nanoCredits.Sum(amount => (long)amount);
        }));

    public static TheoryData<string> Cut() =>
    [
        Page([Row("1")], next: "a"),
        Page([Row("1")], url: Address + "&page=a"),
        Page([Row("1")], next: "a", url: Address) + Page([Row("2")], url: Address + "&page=b"),
        Page([Row("1")], next: "a", url: Address) + Page([Row("2")], url: Address + "&limit=1&page=a"),
        Page([Row("1")]).Replace("\"has_more\":false,", "", StringComparison.Ordinal),
        Page([Row("1")])[..^40],
    ];

    [Theory]
    [MemberData(nameof(Cut))]
    public void An_answer_of_which_a_page_is_missing_is_no_bill(string content)
    {
        var bill = Read(content);

        Assert.Empty(bill.Days);
        Assert.Contains("TL0622", bill.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_row_that_stands_on_two_pages_is_billed_once()
    {
        var bill = Read(Page([Row("1")], next: "a") + Page([Row("2")]));

        var day = Assert.Single(bill.Days);
        Assert.Equal((100_000_000_000, true), (Assert.Single(day.Charges).GrossNanoCredits, day.IsIncomplete));
    }

    [Theory]
    [InlineData("1789344000", "1789516800", "TL0616")]
    [InlineData("1789347600", "1789434000", "TL0616")]
    [InlineData("1789344000", "\"soon\"", "TL0616")]
    [InlineData("1789344000", "1e30", "TL0616")]
    [InlineData("9223372036854775807", "1789430400", "TL0616")]
    [InlineData("-86400", "0", "TL0616")]
    [InlineData("1789257600", "1789344000", "TL0607")]
    public void A_bucket_is_one_utc_day_and_the_one_asked_for(string start, string end, string code)
    {
        var bill = Read(Page([Row("1")], start: start, end: end), day: Day);

        Assert.Empty(bill.Days);
        Assert.Equal([code], bill.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_day_without_rows_or_without_a_bucket_where_the_day_was_asked_for_is_a_bill_of_nothing()
    {
        var bucket = Assert.Single(Read(Page([])).Days);
        var none = $$"""{"url":"{{Address}}","response":{"object":"page","data":[],"has_more":false} }""";

        var asked = Assert.Single(Read(none).Days);

        Assert.Equal(
            ("openai:organization:acme", BillView.OrganizationCosts, Day, 0),
            (bucket.Account.Key, bucket.View, bucket.Day, bucket.Charges.Count));
        Assert.Equal((Day, 0, bucket.ContentHash), (asked.Day, asked.Charges.Count, asked.ContentHash));
        Assert.Equal("TL0607", Assert.Single(Read(none, day: Day.AddDays(1)).Problems).Code);
        var month = none.Replace(Until, "1791936000", StringComparison.Ordinal);
        Assert.Equal("TL0616", Assert.Single(Read(month).Problems).Code);
    }

    [Fact]
    public void Ungrouped_money_is_refused_and_so_is_a_bill_of_nobody()
    {
        var ungrouped = Page([Row("1", null, project: null)]);
        var byProject = Page([Row("1")], url: "https://api.openai.com/v1/organization/costs?group_by[]=project_id");

        Assert.All([ungrouped, byProject], content => Assert.Equal("TL0623", Assert.Single(Read(content).Problems).Code));
        Assert.Equal("TL0605", Assert.Single(Read(Page([Row("1")]), org: null).Problems).Code);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/organization/usage/completions", "organization.costs.result", "TL0623")]
    [InlineData(null, "organization.usage.completions.result", "TL0621")]
    public void Another_report_of_the_same_form_is_no_bill(string? url, string rows, string code)
    {
        var row = Row("1").Replace("organization.costs.result", rows, StringComparison.Ordinal);

        Assert.Equal(code, Assert.Single(Read(Page([row], url: url)).Problems).Code);
    }

    private static Charge OnlyCharge(string content) => Assert.Single(Assert.Single(Read(content).Days).Charges);

    private static BillFile Read(string content, string? org = "acme", DateOnly? day = null) => BillReader.Read(
        Encoding.UTF8.GetBytes(content), "bill.json", new BillHints { Organization = org, Day = day },
        PriceBookReader.Shipped().Names);

    private static string Row(
        string amount, string? item = "gpt-5.6-sol, input", string? project = "proj_a", string? key = null,
        string? unit = "tokens") =>
        $$"""
        {"object":"organization.costs.result","amount":{"value":{{amount}},"currency":"usd"},"line_item":{{Text(item)}},
        "project_id":{{Text(project)}},"api_key_id":{{Text(key)}},"quantity":null,"quantity_unit":{{Text(unit)}}}
        """;

    private static string Text(string? text) => text is null ? "null" : $"\"{text}\"";

    private static string Page(
        string[] rows, string? next = null, string? url = null, string? start = null, string? end = null)
    {
        var (more, cursor) = next is null ? ("false", "null") : ("true", $"\"{next}\"");
        var body = $$"""
            {"object":"page","data":[{"object":"bucket","start_time":{{start ?? From}},"end_time":{{end ?? Until}},
            "results":[{{string.Join(',', rows)}}]}],"has_more":{{more}},"next_page":{{cursor}}}
            """;
        return url is null ? body : $$"""{"url":"{{url}}","response":{{body}}}""";
    }
}
