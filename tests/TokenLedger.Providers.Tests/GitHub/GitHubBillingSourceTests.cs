using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class GitHubBillingSourceTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 18);
    private static readonly DateTimeOffset Now = new(2026, 11, 19, 6, 0, 0, TimeSpan.Zero);

    private readonly List<GitHubConnection> connections = [];
    private FakeGitHub github = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ProviderFault, string, string> Failures() => new()
    {
        { new() { Status = 401, Body = "{}" }, "unauthorized", "valid one" },
        { new() { Status = 403, Body = "{}" }, "forbidden", "manage_billing:copilot" },
        { new() { Status = 403, Body = "{}", Headers = { ["X-GitHub-SSO"] = "required" } }, "forbidden", "SAML" },
        {
            new() { Status = 403, Body = "{}", Headers = { ["X-Accepted-GitHub-Permissions"] = "administration=read" } },
            "forbidden", "Accepted permissions: administration=read."
        },
        {
            new() { Status = 404, Body = "{}", Headers = { ["X-Accepted-OAuth-Scopes"] = "admin:org, repo" } },
            "not-found",
            "Accepted scopes: admin:org, repo. The token's scopes: *** ***. Perhaps an enterprise holds the billing"
        },
        { new() { Status = 403, Body = """{"message":"a secondary rate limit"}""" }, "rate-limited", "60 seconds" },
        { new() { Status = 429, Body = "{}", Headers = { ["Retry-After"] = "90" } }, "rate-limited", "90 seconds" },
        { new() { Status = 500, Body = "<html>" }, "unavailable", "githubstatus" },
        { new() { Status = 503, Body = "" }, "unavailable", "(503)" },
        { new() { Status = 400, Body = "{}" }, "rejected", "(400)" },
        { new() { Status = 301, Headers = { ["Location"] = "/elsewhere" } }, "rejected", "renamed" },
        { new() { IsCut = true }, "cut-off", "cut off" },
        { new() { Body = """{"usageItems":[""" }, "cut-off", "cut off" },
        { new() { Body = "" }, "cut-off", "cut off" },
        { new() { Body = "no gzip", Headers = { ["Content-Encoding"] = "gzip" } }, "malformed", "decompressed" },
        { new() { Body = "<html>sign in</html>" }, "malformed", "no JSON" },
        { new() { Body = """{"usageItems":[]} more""" }, "malformed", "no JSON" },
        { new() { Body = """[{"usageItems":[]}]""" }, "malformed", "no usage items" },
        { new() { Body = """{"items":{"usageItems":[]}}""" }, "malformed", "no usage items" },
        { new() { IsDropped = true }, "unavailable", "the connection was ended" },
        { new() { Body = $$"""{"usageItems":[],"x":"{{new string('x', 70_000)}}"}""" }, "too-large", "65536 bytes" },
    };

    public static TheoryData<int, string, string, int> Waits() => new()
    {
        { 429, "", "", 60 },
        { 429, "Retry-After", "7", 7 },
        { 403, "Retry-After", "7", 7 },
        { 429, "Retry-After", "Thu, 19 Nov 2026 06:02:00 GMT", 120 },
        { 429, "Retry-After", "-5", 60 },
        { 429, "Retry-After", "99999999", 24 * 60 * 60 },
        { 403, "X-RateLimit-Reset", Now.AddMinutes(10).ToUnixTimeSeconds().ToString(), 600 },
        { 429, "X-RateLimit-Reset", Now.AddMinutes(-10).ToUnixTimeSeconds().ToString(), 1 },
        { 429, "X-RateLimit-Reset", "soon", 60 },
    };

    public async ValueTask InitializeAsync() => github = await FakeGitHub.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        connections.ForEach(connection => connection.Dispose());
        await github.DisposeAsync();
    }

    [Fact]
    public async Task A_day_is_asked_for_with_the_documented_headers()
    {
        github.Add("organizations/acme");

        await Source().FetchAsync(Acme(), Day, Token);

        var request = Assert.Single(github.Requests);
        Assert.Equal(
            "/organizations/acme/settings/billing/ai_credit/usage?year=2026&month=11&day=18", request.Target);
        Assert.Equal("application/vnd.github+json", request.Headers["Accept"]);
        Assert.Equal("2026-03-10", request.Headers["X-GitHub-Api-Version"]);
        Assert.Equal("tokenledger", request.Headers["User-Agent"]);
        Assert.Equal("Bearer", request.Headers["Authorization"]);
        Assert.Equal("token of octo-admin", request.Caller);
    }

    [Theory]
    [InlineData("organizations/acme", null, "github:organization:acme")]
    [InlineData("enterprises/acme-inc", "acme-inc", "github:enterprise:acme-inc")]
    public async Task A_kept_answer_tells_day_account_view_and_money_by_itself(
        string path, string? enterprise, string account)
    {
        github.SetBill(path, Day, ("Claude Sonnet 5", 120.5m), ("GPT-5 mini", 3));

        var answer = await Source().FetchAsync(Acme() with { Enterprise = enterprise }, Day, Token);

        Assert.Null(answer.Refusal);
        var document = Assert.Single(answer.Documents);
        Assert.Equal(Now, document.RequestedAt);
        Assert.Contains("ai-credit-usage-2026-11-18", document.Name);
        Assert.Contains("2026-11-19T06:00:00Z", Encoding.UTF8.GetString(document.Content.Span));
        var bill = BillReader.Read(document.Content, document.Name, new BillHints(), PriceBookReader.Shipped().Names);
        Assert.Empty(bill.Problems);
        var day = Assert.Single(bill.Days);
        Assert.Equal((account, Day, BillView.AiCreditUsage, ""), (day.Account.Key, day.Day, day.View, day.Filter));
        Assert.Equal(123_500_000_000, day.Charges.Sum(charge => charge.GrossNanoCredits));
        Assert.Equal(0, day.Charges.Sum(charge => charge.NetNanoCredits));
    }

    [Fact]
    public async Task Equal_answers_at_two_times_are_two_files_and_one_content()
    {
        github.SetBill("organizations/acme", Day, ("Claude Sonnet 5", 1));
        var names = PriceBookReader.Shipped().Names;

        var first = (await Source().FetchAsync(Acme(), Day, Token)).Documents[0];
        var second = (await Source(Now.AddDays(1)).FetchAsync(Acme(), Day, Token)).Documents[0];

        Assert.False(first.Content.Span.SequenceEqual(second.Content.Span));
        Assert.Equal(
            BillReader.Read(first.Content, "a", new BillHints(), names).Days[0].ContentHash,
            BillReader.Read(second.Content, "b", new BillHints(), names).Days[0].ContentHash);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_failure_has_a_code_and_says_what_to_do_and_never_the_token(
        ProviderFault fault, string code, string text)
    {
        github.Add("organizations/acme");
        github.Misbehave(fault with
        {
            Headers = new(fault.Headers) { ["X-OAuth-Scopes"] = $"{github.Token} {github.Token.ToUpperInvariant()}" },
        });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal(code, answer.Refusal!.Code);
        Assert.Contains(text, answer.Refusal.Message);
        Assert.Contains("acme", answer.Refusal.Message);
        Assert.DoesNotContain(github.Token, answer.Refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task The_wait_is_what_GitHub_says_within_reason(int status, string header, string value, int seconds)
    {
        var fault = new ProviderFault { Status = status, Body = "{}" };
        if (header.Length > 0)
            fault.Headers[header] = value;
        if (header == "X-RateLimit-Reset")
            fault.Headers["X-RateLimit-Remaining"] = "0";
        github.Misbehave(fault);

        var refusal = (await Source().FetchAsync(Acme(), Day, Token)).Refusal!;

        Assert.Equal("rate-limited", refusal.Code);
        Assert.Equal(TimeSpan.FromSeconds(seconds), refusal.RetryAfter);
        Assert.Single(github.Requests);
    }

    [Theory]
    [InlineData(2, null, 3)]
    [InlineData(3, "unavailable", 3)]
    public async Task A_broken_connection_is_tried_again_twice(int times, string? code, int requests)
    {
        github.Add("organizations/acme");
        github.Misbehave(new ProviderFault { IsDropped = true, Times = times });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Equal(code, answer.Refusal?.Code);
        Assert.Equal(requests, github.Requests.Count);
    }

    [Fact]
    public async Task Nobody_listening_is_a_refusal_that_names_the_address()
    {
        var (address, acme) = (github.Url, Acme());
        await github.DisposeAsync();

        var refusal = (await Source().FetchAsync(acme, Day, Token)).Refusal!;

        Assert.Equal("unavailable", refusal.Code);
        Assert.Contains(address.Authority, refusal.Message);
        Assert.Contains("no connection", refusal.Message);
    }

    [Fact]
    public async Task An_answer_that_never_goes_on_ends_at_the_bound()
    {
        github.Add("organizations/acme");
        github.Misbehave(new ProviderFault { IsStalled = true });

        var answer = await Source(timeOut: TimeSpan.FromMilliseconds(200)).FetchAsync(Acme(), Day, Token);

        Assert.Equal("unavailable", answer.Refusal!.Code);
        Assert.Contains("within 0.2 seconds", answer.Refusal.Message);
    }

    [Fact]
    public async Task Whoever_asks_can_stop_asking()
    {
        using var stop = new CancellationTokenSource();
        github.Add("organizations/acme");
        github.Misbehave(new ProviderFault { IsStalled = true });

        var asking = Source().FetchAsync(Acme(), Day, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_wrong_token_and_an_unknown_organisation_are_told_apart()
    {
        github.Add("organizations/acme");

        var wrong = await Source().FetchAsync(Acme() with { Token = new Secret("ghp_other") }, Day, Token);
        var unknown = await Source().FetchAsync(Acme() with { Organization = "nobody" }, Day, Token);

        Assert.Equal(("unauthorized", "not-found"), (wrong.Refusal!.Code, unknown.Refusal!.Code));
    }

    [Fact]
    public async Task A_token_is_never_sent_without_TLS_to_another_machine()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Source().FetchAsync(
            Acme() with { ApiUrl = new Uri("http://192.0.2.1/") }, Day, Token));

        Assert.DoesNotContain(github.Token, failure.ToString());
    }

    [Fact]
    public async Task An_answer_that_mirrors_the_token_is_not_kept()
    {
        github.Misbehave(new ProviderFault { Body = $$"""{"usageItems":[],"echo":"{{github.Token}}"}""" });

        var answer = await Source().FetchAsync(Acme(), Day, Token);

        Assert.Empty(answer.Documents);
        Assert.DoesNotContain(github.Token, answer.ToString() + answer.Refusal);
    }

    private GitHubBillingSource Source(DateTimeOffset? now = null, TimeSpan? timeOut = null)
    {
        var connection = new GitHubConnection(
            new StoppedClock(now ?? Now),
            new GitHubOptions
            {
                TimeOut = timeOut ?? TimeSpan.FromSeconds(30),
                RetryDelay = TimeSpan.FromMilliseconds(1),
                AnswerBytesMax = 64 * 1024,
                Jitter = () => 0.5,
            });
        connections.Add(connection);
        return new GitHubBillingSource(connection);
    }

    private SourceConfiguration Acme() => new()
    {
        Name = "acme",
        Kind = "github",
        Organization = "acme",
        ApiUrl = github.Url,
        Token = new Secret(github.Token),
    };
}
