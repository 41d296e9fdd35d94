using System.Text;
using System.Web;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.Http;
using TokenLedger.Providers.OpenAI;
using TokenLedger.Testing.OpenAI;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.OpenAI;

public sealed class OpenAIBillingSourceTests : IAsyncLifetime
{
    private const string Query = "start_time=1794960000&end_time=1795046400&bucket_width=1d"
        + "&group_by%5B%5D=line_item&group_by%5B%5D=project_id&limit=180";

    private static readonly DateOnly Day = new(2026, 11, 18);
    private static readonly DateTimeOffset Now = new(2026, 11, 19, 1, 0, 0, TimeSpan.Zero);

    private readonly List<OpenAIConnection> connections = [];
    private FakeOpenAI openAI = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ProviderFault, string, string> Failures() => new()
    {
        { new() { Status = 401, Body = "{}" }, "unauthorized", "sk-admin-" },
        { new() { Status = 403, Body = "{}" }, "forbidden", "sk-admin-" },
        { new() { Status = 404, Body = "{}" }, "not-found", "check ApiUrl" },
        { new() { Status = 400, Body = "{}" }, "rejected", "(400)" },
        { new() { Status = 301, Headers = { ["Location"] = "/elsewhere" } }, "rejected", "not sent after it" },
        { new() { Status = 500, Body = "<html>" }, "unavailable", "status.openai.com" },
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

    public async ValueTask InitializeAsync() => openAI = await FakeOpenAI.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        connections.ForEach(connection => connection.Dispose());
        await openAI.DisposeAsync();
    }

    [Fact]
    public async Task A_day_is_asked_for_with_the_documented_headers_and_parameters()
    {
        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Null(answer.Refusal);
        var request = Assert.Single(openAI.Requests);
        Assert.Equal("/v1/organization/costs?" + Query, request.Target);
        Assert.Equal("tokenledger", request.Headers["User-Agent"]);
        Assert.False(request.Headers.ContainsKey("x-api-key"));
    }

    [Fact]
    public async Task All_pages_are_one_document_that_reads_as_one_bill_and_holds_no_key()
    {
        Bill(5);
        openAI.RowsPerPage = 2;

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Equal(3, answer.Questions);
        Assert.All(openAI.Requests, request =>
            Assert.StartsWith("/v1/organization/costs?" + Query, request.Target));
        var document = Assert.Single(answer.Documents);
        Assert.Equal(
            ("openai-organization-acme-organization-costs-2026-11-18.json", Now),
            (document.Name, document.RequestedAt));
        Assert.DoesNotContain(openAI.Key, Encoding.UTF8.GetString(document.Content.Span));
        var bill = Read(document);
        Assert.Empty(bill.Problems);
        var day = Assert.Single(bill.Days);
        Assert.Equal(
            ("openai:organization:acme", Day, false), (day.Account.Key, day.Day, day.IsIncomplete));
        Assert.Equal(420_001_000_000, day.Charges.Sum(charge => charge.GrossNanoCredits));
    }

    [Fact]
    public async Task A_page_that_is_refused_leaves_no_part_of_the_bill()
    {
        Bill(5);
        openAI.RowsPerPage = 2;
        openAI.Misbehave(new ProviderFault { Path = "&page=", Status = 500, Body = "{}" });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal(("unavailable", 2), (answer.Refusal!.Code, answer.Questions));
    }

    [Fact]
    public async Task Endless_pages_end_at_the_bound()
    {
        Bill(5);
        openAI.RowsPerPage = 1;

        var answer = await Source(pagesMax: 3).FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal(("too-large", 3), (answer.Refusal!.Code, openAI.Requests.Count));
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
        openAI.Misbehave(fault);

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal(code, answer.Refusal!.Code);
        Assert.Contains(text, answer.Refusal.Message);
        Assert.Contains("acme", answer.Refusal.Message);
        Assert.DoesNotContain(openAI.Key, answer.Refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task The_wait_is_what_OpenAI_says_within_reason(string retryAfter, int seconds)
    {
        var fault = new ProviderFault { Status = 429, Body = "{}" };
        if (retryAfter.Length > 0)
            fault.Headers["Retry-After"] = retryAfter;
        openAI.Misbehave(fault);

        var refusal = (await Source().FetchAsync(Acme(), Day, Token)).Refusal!;

        Assert.Equal(("rate-limited", TimeSpan.FromSeconds(seconds)), (refusal.Code, refusal.RetryAfter));
        Assert.Single(openAI.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await FakeOpenAI.StartAsync(Token);
        openAI.Misbehave(new ProviderFault
        {
            Status = 307, Body = "", Headers = { ["Location"] = elsewhere.Url + "v1/organization/costs" },
        });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Equal("rejected", answer.Refusal!.Code);
        Assert.Empty(elsewhere.Requests);
    }

    public static TheoryData<string[], string[], string> Grouped() => new()
    {
        { [], [], "line_item project_id" },
        { ["proj_a"], [], "line_item project_id" },
        { [], ["key_a"], "line_item api_key_id" },
        { ["proj_a"], ["key_a"], "line_item project_id api_key_id" },
    };

    [Theory]
    [MemberData(nameof(Grouped))]
    public async Task What_is_configured_decides_what_rows_name_and_every_page_is_asked_alike(
        string[] projects, string[] keys, string groups)
    {
        Bill(3);
        openAI.RowsPerPage = 1;
        var source = Acme() with
        {
            Buckets =
            [
                .. projects.Select(project => new ExclusiveScope { Project = project }),
                .. keys.Select(key => new ExclusiveScope { ApiKey = key }),
            ],
        };

        var answer = await Source().FetchAsync(source, Day, Token);

        Assert.Equal(3, openAI.Requests.Count);
        Assert.All(openAI.Requests, request => Assert.Equal(
            groups,
            string.Join(' ', HttpUtility.ParseQueryString(request.Target.Split('?')[1]).GetValues("group_by[]")!)));
        var named = Read(Assert.Single(answer.Documents)).Days[0].Charges[0].Dimensions;
        Assert.Equal(
            (groups.Contains("project_id", StringComparison.Ordinal) ? "=proj_agents" : "*",
                groups.Contains("api_key_id", StringComparison.Ordinal) ? "=key_agents" : "*"),
            (named.Project.ToString(), named.ApiKey.ToString()));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Nulls_that_are_left_out_and_days_without_a_bucket_are_read_alike(bool omitsNulls, bool hasBuckets)
    {
        (openAI.OmitsNulls, openAI.HasEmptyBuckets) = (omitsNulls, hasBuckets);
        var empty = await Source().FetchAsync(Acme(), Day, Token);
        openAI.Costs.Add(new FakeOpenAICost(Day, "1", null) { Project = null, Unit = null });
        var full = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(Assert.Single(Read(Assert.Single(empty.Documents)).Days).Charges);
        var charge = Assert.Single(Assert.Single(Read(Assert.Single(full.Documents)).Days).Charges);
        Assert.Equal(
            (null, "-", 100_000_000_000),
            (charge.Sku, charge.Dimensions.Project.ToString(), charge.GrossNanoCredits));
    }

    [Theory]
    [InlineData("sk-proj-other", "unauthorized", "a project (sk-proj-…)")]
    [InlineData("sk-svcacct-other", "unauthorized", "a service account (sk-svcacct-…)")]
    [InlineData("sk-ant-admin01-other", "unauthorized", "Anthropic (sk-ant-…)")]
    [InlineData("sk-admin-other", "unauthorized", "mistyped, revoked")]
    [InlineData("", "forbidden", "a project (sk-proj-…)")]
    public async Task A_wrong_key_is_told_by_its_kind_alone(string key, string code, string text)
    {
        var wrong = key.Length == 0 ? openAI.ProjectKey : key;

        var answer = await Source().FetchAsync(Acme() with { Token = new Secret(wrong) }, Day, Token);

        Assert.Equal(code, answer.Refusal!.Code);
        Assert.Contains(text, answer.Refusal.Message);
        Assert.DoesNotContain(wrong, answer.Refusal.Message);
    }

    [Fact]
    public async Task A_key_is_never_sent_without_TLS_to_another_machine()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Source().FetchAsync(
            Acme() with { ApiUrl = new Uri("http://192.0.2.1/") }, Day, Token));

        Assert.DoesNotContain(openAI.Key, failure.ToString());
    }

    [Fact]
    public async Task An_answer_that_mirrors_the_key_is_not_kept()
    {
        openAI.Misbehave(new ProviderFault
        {
            Body = $$"""{"data":[],"has_more":false,"echo":"{{openAI.Key}}"}""",
        });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.DoesNotContain(openAI.Key, answer.ToString() + answer.Refusal);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_twice_and_an_answer_that_never_goes_on_ends()
    {
        openAI.Misbehave(new ProviderFault { IsDropped = true, Times = 2 });
        Assert.Null((await Source().FetchAsync(Acme(), Day, Token)).Refusal);
        Assert.Equal(3, openAI.Requests.Count);

        openAI.Misbehave(new ProviderFault { IsStalled = true });
        var stalled = await Source(timeOut: TimeSpan.FromMilliseconds(200)).FetchAsync(Acme(), Day, Token);
        Assert.Contains("within 0.2 seconds", stalled.Refusal!.Message);
    }

    private static BillFile Read(BillDocument document) => BillReader.Read(
        document.Content, document.Name, new BillHints { Organization = "acme", Day = Day },
        PriceBookReader.Shipped().Names);

    private void Bill(int rows) => openAI.Costs.AddRange(Enumerable.Range(0, rows).Select(
        number => new FakeOpenAICost(Day, number == 0 ? "1e-05" : "1.05", $"gpt-model-{number}, output")));

    private OpenAIBillingSource Source(TimeSpan? timeOut = null, int pagesMax = 100)
    {
        var connection = new OpenAIConnection(
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
        return new OpenAIBillingSource(connection);
    }

    private SourceConfiguration Acme() => new()
    {
        Name = "acme",
        Kind = "openai",
        Organization = "acme",
        ApiUrl = openAI.Url,
        Token = new Secret(openAI.Key),
    };
}
