using System.Globalization;
using System.Text.Json;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.GitHub.Billing;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Cli.Tests;

public sealed class PollTests : IAsyncLifetime
{
    private readonly Workbench bench = new();
    private FakeGitHub github = null!;

    private DateOnly Yesterday => DateOnly.FromDateTime(bench.Now.UtcDateTime).AddDays(-1);

    public async ValueTask InitializeAsync()
    {
        github = await FakeGitHub.StartAsync(Workbench.Token, new TestClock(bench.Now));
        bench.Variables["TokenLedger__GitHub__ApiUrl"] = github.Url.AbsoluteUri;
        bench.Variables["TokenLedger__GitHub__Token"] = github.Token;
        bench.Variables["TokenLedger__Sources__0__Kind"] = "github";
        bench.Variables["TokenLedger__Sources__0__Organization"] = "acme";
        bench.Variables["TokenLedger__Sources__0__Pays__Organizations__0"] = "acme";
    }

    public async ValueTask DisposeAsync()
    {
        await github.DisposeAsync();
        bench.Dispose();
    }

    [Fact]
    public async Task What_is_due_is_asked_for_and_shown_and_then_nothing_is_due()
    {
        github.SetBill("organizations/acme", Yesterday, ("Claude Sonnet 5", 100));

        var first = await bench.RunAsync("poll", "--format", "json");
        var second = await bench.RunAsync("poll");

        Assert.True(first.Code == 0, first.Error);
        Assert.Equal(
            ["ai_credit/usage kept", "usage kept", "usage/summary kept"],
            Rows(first).Select(row => $"{row.GetProperty("view")} {row.GetProperty("result")}"));
        Assert.Equal(0, second.Code);
        Assert.Contains("Nothing is due", second.Out);
    }

    [Fact]
    public async Task Every_day_of_a_period_is_asked_for_whether_due_or_not()
    {
        github.Add("organizations/acme");
        await bench.RunAsync("poll");

        var outcome = await bench.RunAsync(
            "poll", "--from", Text(Yesterday.AddDays(-2)), "--to", Text(Yesterday.AddDays(1)), "--format", "json");

        Assert.Equal((0, 9), (outcome.Code, Rows(outcome).Count));
    }

    [Fact]
    public async Task A_refused_view_is_shown_with_its_cause_and_exits_with_3()
    {
        github.Add("organizations/acme");
        github.Misbehave(new ProviderFault { Path = "usage/summary", Status = 404, Body = "{}" });

        var outcome = await bench.RunAsync("poll", "--from", Text(Yesterday.AddDays(-3)), "--format", "json");

        Assert.Equal(3, outcome.Code);
        var refused = Assert.Single(Rows(outcome), row => row.GetProperty("result").GetString() != "kept");
        Assert.Equal("not-found", refused.GetProperty("result").GetString());
        Assert.Contains("configure its slug", refused.GetProperty("note").GetString());
        Assert.Contains("not asked for", (await bench.RunAsync("poll", "--from", Text(Yesterday.AddDays(-3)))).Out);
    }

    [Theory]
    [InlineData("--to", "2026-10-01")]
    [InlineData("--from", "2027-10-01")]
    [InlineData("--from", "2020-10-01")]
    public async Task A_period_that_cannot_be_is_wrong_usage(string option, string day) =>
        Assert.Equal(2, (await bench.RunAsync("poll", option, day)).Code);

    [Fact]
    public async Task Without_a_source_there_is_nothing_to_poll()
    {
        foreach (var name in bench.Variables.Keys.Where(name => name.Contains("Sources")).ToList())
            bench.Variables.Remove(name);

        var outcome = await bench.RunAsync("poll");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("no bill to ask for", outcome.Error);
    }

    [Fact]
    public async Task Reconcile_with_fetch_needs_nothing_but_its_configuration()
    {
        AddRunAndBill();

        var outcome = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", Text(Yesterday.AddDays(-1)), "--to", Text(Yesterday.AddDays(1)),
            "--fetch", "--format", "json");

        Assert.True(outcome.Code == 0, outcome.Error);
        var totals = JsonDocument.Parse(outcome.Out).RootElement.GetProperty("totals");
        Assert.Equal((1, 100m), (totals.GetProperty("runs").GetInt32(), totals.GetProperty("billedAiCredits").GetDecimal()));
    }

    [Fact]
    public async Task Reconcile_with_fetch_says_what_was_refused_and_goes_on_with_the_rest()
    {
        AddRunAndBill();
        github.Misbehave(new ProviderFault { Path = "billing/usage", Status = 403, Body = "{}" });

        var outcome = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", Text(Yesterday.AddDays(-1)), "--to", Text(Yesterday.AddDays(1)),
            "--fetch", "--format", "json");

        Assert.Equal(3, outcome.Code);
        Assert.Contains("usage of", outcome.Error);
        Assert.Contains("403", outcome.Error);
        Assert.Contains("\"billedAiCredits\"", outcome.Out);
    }

    [Fact]
    public async Task Bad_views_users_and_payers_of_a_source_are_all_named()
    {
        var config = bench.Write("c.json", """
            {"TokenLedger":{"Sources":[
             {"Kind":"github","Organization":"acme","Views":["usage","all"],"Users":["a b","ok"]},
             {"Kind":"github","User":"x/y","Enterprise":"inc","Users":["ok"]},
             {"Kind":"openai","Name":"o","Views":["usage"],"Users":["ok"]}]}}
            """);
        foreach (var name in bench.Variables.Keys.Where(name => name.Contains("Sources")).ToList())
            bench.Variables.Remove(name);

        var outcome = await bench.RunAsync("poll", "--config", config);

        Assert.Equal(2, outcome.Code);
        string[] parts =
        [
            "'all' is none of ai_credit/usage", "'a b' is no login", "which Views leaves out", "User is no login",
            "beside an Organization", "not of a User", "bills of github alone", "'usage' is none of organization/costs",
        ];
        Assert.All(parts, part => Assert.Contains(part, outcome.Error));
    }

    [Fact]
    public async Task An_enterprises_reports_are_shown_beside_the_views()
    {
        bench.Variables["TokenLedger__Sources__0__Enterprise"] = "acme-inc";
        github.Bills.Add("enterprises/acme-inc", FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 100));
        github.Misbehave(new ProviderFault { Path = "/reports", Status = 403, Body = "{}" });

        var outcome = await bench.RunAsync("poll", "--format", "json");

        Assert.Equal(3, outcome.Code);
        Assert.Contains(Rows(outcome), row =>
            row.GetProperty("view").GetString() == "reports/ai_credit"
            && row.GetProperty("note").GetString()!.Contains("its reports"));
    }

    private void AddRunAndBill()
    {
        var run = github.AddRepository("acme/api").AddRun(bench.Now.AddHours(-30));
        var at = run.CreatedAt;
        run.AddArtifact("agent", ("token-usage.jsonl", string.Create(CultureInfo.InvariantCulture, $$"""
            {"timestamp":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","request_id":"r-1","provider":"copilot","model":"claude-sonnet-5","status":200,"input_tokens":1000,"output_tokens":100}

            """)));
        github.Bills.Add(
            "organizations/acme",
            FakeCharge.AiCredits(DateOnly.FromDateTime(at.UtcDateTime), "Claude Sonnet 5", 100));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<JsonElement> Rows(Outcome outcome) =>
        [.. JsonDocument.Parse(outcome.Out).RootElement.GetProperty("rows").EnumerateArray()];
}
