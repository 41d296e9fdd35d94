using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.Anthropic;
using TokenLedger.Providers.Http;
using TokenLedger.Testing.Anthropic;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.Anthropic;

public sealed class AnthropicBillingSourceTests : IAsyncLifetime
{
    private const string Query = "starting_at=2026-11-18T00%3A00%3A00Z&ending_at=2026-11-19T00%3A00%3A00Z"
        + "&bucket_width=1d&group_by%5B%5D=workspace_id&group_by%5B%5D=description&limit=31";

    private static readonly DateOnly Day = new(2026, 11, 18);
    private static readonly DateTimeOffset Now = new(2026, 11, 19, 1, 0, 0, TimeSpan.Zero);

    private readonly List<AnthropicConnection> connections = [];
    private FakeAnthropic anthropic = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ProviderFault, string, string> Failures() => new()
    {
        { new() { Status = 401, Body = "{}" }, "unauthorized", "Admin API key" },
        { new() { Status = 403, Body = "{}" }, "forbidden", "Admin API key" },
        { new() { Status = 404, Body = "{}" }, "not-found", "check ApiUrl" },
        { new() { Status = 400, Body = "{}" }, "rejected", "(400)" },
        { new() { Status = 301, Headers = { ["Location"] = "/elsewhere" } }, "rejected", "not sent after it" },
        { new() { Status = 500, Body = "<html>" }, "unavailable", "status.anthropic.com" },
        { new() { Status = 529, Body = "{}" }, "unavailable", "(529)" },
        { new() { IsCut = true }, "cut-off", "cut off" },
        { new() { Body = """{"data":[""" }, "cut-off", "cut off" },
        { new() { Body = "" }, "cut-off", "cut off" },
        { new() { Body = "no gzip", Headers = { ["Content-Encoding"] = "gzip" } }, "malformed", "decompressed" },
        { new() { Body = "<html>sign in</html>" }, "malformed", "no JSON" },
        { new() { Body = """{"items":[]}""" }, "malformed", "no data" },
        { new() { Body = """{"data":[]}""" }, "malformed", "where it goes on" },
        { new() { Body = """{"data":[],"has_more":true,"next_page":null}""" }, "malformed", "where it goes on" },
        { new() { Body = """{"data":[],"has_more":true,"next_page":"\ud800"}""" }, "malformed", "where it goes on" },
        { new() { Body = """{"data":[],"has_more":true,"next_page":"a"}""" }, "malformed", "in a circle" },
        { new() { IsDropped = true }, "unavailable", "the connection was ended" },
        { new() { Body = $$"""{"data":[],"x":"{{new string('x', 70_000)}}"}""" }, "too-large", "65536 bytes" },
    };

    public static TheoryData<string, int> Waits() => new()
    {
        { "", 60 },
        { "7", 7 },
        { "Thu, 19 Nov 2026 01:02:00 GMT", 120 },
        { "99999999", 24 * 60 * 60 },
    };

    public async ValueTask InitializeAsync() => anthropic = await FakeAnthropic.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        connections.ForEach(connection => connection.Dispose());
        await anthropic.DisposeAsync();
    }

    [Fact]
    public async Task A_day_is_asked_for_with_the_documented_headers_and_parameters()
    {
        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Null(answer.Refusal);
        var request = Assert.Single(anthropic.Requests);
        Assert.Equal("/v1/organizations/cost_report?" + Query, request.Target);
        Assert.Equal(
            ("2023-06-01", "tokenledger"), (request.Headers["anthropic-version"], request.Headers["User-Agent"]));
        Assert.False(request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task All_pages_are_one_document_that_reads_as_one_bill_and_holds_no_key()
    {
        Bill(5);
        anthropic.RowsPerPage = 2;

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Equal(3, answer.Questions);
        Assert.All(anthropic.Requests, request =>
            Assert.StartsWith("/v1/organizations/cost_report?" + Query, request.Target));
        var document = Assert.Single(answer.Documents);
        Assert.Equal(
            ("anthropic-organization-acme-cost-report-2026-11-18.json", Now), (document.Name, document.RequestedAt));
        Assert.DoesNotContain(anthropic.Key, Encoding.UTF8.GetString(document.Content.Span));
        var bill = Read(document);
        Assert.Empty(bill.Problems);
        var day = Assert.Single(bill.Days);
        Assert.Equal(
            ("anthropic:organization:acme", Day, false), (day.Account.Key, day.Day, day.IsIncomplete));
        Assert.Equal(5_250_000_000, day.Charges.Sum(charge => charge.GrossNanoCredits));
    }

    [Fact]
    public async Task A_page_that_is_refused_leaves_no_part_of_the_bill()
    {
        Bill(5);
        anthropic.RowsPerPage = 2;
        anthropic.Misbehave(new ProviderFault { Path = "&page=", Status = 500, Body = "{}" });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal(("unavailable", 2), (answer.Refusal!.Code, answer.Questions));
    }

    [Fact]
    public async Task Endless_pages_end_at_the_bound()
    {
        Bill(5);
        anthropic.RowsPerPage = 1;

        var answer = await Source(pagesMax: 3).FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal(("too-large", 3), (answer.Refusal!.Code, anthropic.Requests.Count));
    }

    [Fact]
    public async Task A_day_on_which_nothing_was_billed_is_a_bill_of_nothing()
    {
        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(Assert.Single(Read(Assert.Single(answer.Documents)).Days).Charges);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_failure_has_a_code_and_says_what_to_do_and_never_the_key(
        ProviderFault fault, string code, string text)
    {
        anthropic.Misbehave(fault);

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal(code, answer.Refusal!.Code);
        Assert.Contains(text, answer.Refusal.Message);
        Assert.Contains("acme", answer.Refusal.Message);
        Assert.DoesNotContain(anthropic.Key, answer.Refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task The_wait_is_what_Anthropic_says_within_reason(string retryAfter, int seconds)
    {
        var fault = new ProviderFault { Status = 429, Body = "{}" };
        if (retryAfter.Length > 0)
            fault.Headers["Retry-After"] = retryAfter;
        anthropic.Misbehave(fault);

        var refusal = (await Source().FetchAsync(Acme(), Day, Token)).Refusal!;

        Assert.Equal(("rate-limited", TimeSpan.FromSeconds(seconds)), (refusal.Code, refusal.RetryAfter));
        Assert.Single(anthropic.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await FakeAnthropic.StartAsync(Token);
        anthropic.Misbehave(new ProviderFault
        {
            Status = 307, Body = "", Headers = { ["Location"] = elsewhere.Url + "v1/organizations/cost_report" },
        });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Equal("rejected", answer.Refusal!.Code);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_wrong_key_is_told()
    {
        var answer = await Source().FetchAsync(Acme() with { Token = new Secret("sk-ant-api03-other") }, Day, Token);

        Assert.Equal("unauthorized", answer.Refusal!.Code);
        Assert.DoesNotContain("sk-ant-api03-other", answer.Refusal.Message);
    }

    [Fact]
    public async Task A_key_is_never_sent_without_TLS_to_another_machine()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Source().FetchAsync(
            Acme() with { ApiUrl = new Uri("http://192.0.2.1/") }, Day, Token));

        Assert.DoesNotContain(anthropic.Key, failure.ToString());
    }

    [Fact]
    public async Task An_answer_that_mirrors_the_key_is_not_kept()
    {
        anthropic.Misbehave(new ProviderFault
        {
            Body = $$"""{"data":[],"has_more":false,"echo":"{{anthropic.Key}}"}""",
        });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.DoesNotContain(anthropic.Key, answer.ToString() + answer.Refusal);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_twice_and_an_answer_that_never_goes_on_ends()
    {
        anthropic.Misbehave(new ProviderFault { IsDropped = true, Times = 2 });
        Assert.Null((await Source().FetchAsync(Acme(), Day, Token)).Refusal);
        Assert.Equal(3, anthropic.Requests.Count);

        anthropic.Misbehave(new ProviderFault { IsStalled = true });
        var stalled = await Source(timeOut: TimeSpan.FromMilliseconds(200)).FetchAsync(Acme(), Day, Token);
        Assert.Contains("within 0.2 seconds", stalled.Refusal!.Message);
    }

    private static BillFile Read(BillDocument document) => BillReader.Read(
        document.Content, document.Name, new BillHints { Organization = "acme", Day = Day },
        PriceBookReader.Shipped().Names);

    private void Bill(int rows) => anthropic.Costs.AddRange(Enumerable.Range(0, rows).Select(
        number => new FakeCost(Day, "1.05", $"claude-model-{number}", "output_tokens")));

    private AnthropicBillingSource Source(TimeSpan? timeOut = null, int pagesMax = 100)
    {
        var connection = new AnthropicConnection(
            new StoppedClock(Now),
            new CostReportOptions
            {
                TimeOut = timeOut ?? TimeSpan.FromSeconds(30),
                RetryDelay = TimeSpan.FromMilliseconds(1),
                DayBytesMax = 64 * 1024,
                PagesMax = pagesMax,
                Jitter = () => 0.5,
            });
        connections.Add(connection);
        return new AnthropicBillingSource(connection);
    }

    private SourceConfiguration Acme() => new()
    {
        Name = "acme",
        Kind = "anthropic",
        Organization = "acme",
        ApiUrl = anthropic.Url,
        Token = new Secret(anthropic.Key),
    };
}
