using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.GitHub.Billing;

namespace TokenLedger.Cli.Tests;

/// <summary>Runs of 1.2 AI credits on the first nine days of October, the first of them billed; it is the twelfth.</summary>
public sealed class BudgetsTests : IDisposable
{
    private const int Days = 9;
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Budgets_are_told_by_settled_provisional_and_estimated_in_their_own_unit()
    {
        await FillAsync("""{"Name":"acme","Period":"month","AmountAiCredits":"10"},{"Name":"usd","Period":"week","AmountUsd":"1"}""");

        var told = await bench.RunAsync("budgets", "--format", "json");
        var again = await bench.RunAsync("budgets", "--format", "json");

        Assert.Equal((0, ""), (told.Code, told.Error));
        Assert.Equal(told.Out, again.Out);
        Assert.Equal("tokenledger/budgets/v1", (string)JsonNode.Parse(told.Out)!["schema"]!);
        var (month, week) = (Rows(told)[0], Rows(told)[1]);
        Assert.Equal(("acme", "ai-credits", "exceeded"), Texts(month, "name", "unit", "state"));
        Assert.Equal(("2026-10-01", "2026-11-01", "everything"), Texts(month, "from", "to", "scope"));
        Assert.Equal((10m, 9.6m, 1.2m, 10.8m), (
            (decimal)month["limit"]!, (decimal)month["estimated"]!, (decimal)month["provisional"]!,
            (decimal)month["spent"]! + 0m));
        Assert.Equal(0m, (decimal)month["settled"]!);
        Assert.Equal(("usd", "2026-10-12", "ok"), Texts(week, "unit", "from", "state"));
        Assert.Null(week["burnRatePerDay"]);
        Assert.Null(month["incompleteReasons"]);
    }

    [Fact]
    public async Task People_see_limit_spend_forecast_and_what_is_missing()
    {
        await FillAsync("""{"Name":"acme","Period":"month","AmountUsd":"0.2","Scope":{"Repository":"acme/*"}}""");
        bench.WriteRun(500, "acme/api", "2026-10-11", models: ["model-of-tomorrow"]);
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);

        var told = await bench.RunAsync("budgets", "ACME", "--fail-on", "warning", "--fail-on", "incomplete");

        Assert.Equal(4, told.Code);
        Assert.Contains("warning, incomplete", told.Out, StringComparison.Ordinal);
        Assert.Contains("acme may have spent more: unpriced-usage.", told.Out, StringComparison.Ordinal);
        Assert.Contains("≥ 0.1080", told.Out, StringComparison.Ordinal);
        Assert.Contains("--fail-on warning: acme.", told.Error, StringComparison.Ordinal);
        Assert.Contains("--fail-on incomplete: acme.", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await bench.RunAsync("budgets", "--fail-on", "exceeded")).Code);
        Assert.Equal(0, (await bench.RunAsync("budgets", "--at", "2026-09-30", "--fail-on", "incomplete")).Code);
    }

    [Fact]
    public async Task Without_a_budget_and_in_an_empty_ledger_a_line_says_so()
    {
        bench.Write("tokenledger.json", "{}");
        Assert.Contains("there is no ledger", (await bench.RunAsync("budgets")).Error, StringComparison.Ordinal);
        Configure("""{"Name":"acme","Period":"month","AmountUsd":"1"}""");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.WriteRun(1, "acme/api", "2025-01-01", models: ["x"]))).Code);

        var empty = Assert.Single(Rows(await bench.RunAsync("budgets", "--format", "json")));
        bench.Variables.Clear();
        var none = await bench.RunAsync("budgets");

        Assert.Equal(0m, (decimal)empty["spent"]!);
        Assert.Null(empty["forecast"]);
        Assert.Equal(0, none.Code);
        Assert.Contains("No budget is configured", none.Out, StringComparison.Ordinal);
        Assert.Contains("No run of the last four weeks", (await bench.RunAsync("budgets", "workflows")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_override_is_written_once_listed_in_force_and_taken_back()
    {
        await FillAsync("""{"Name":"acme","Period":"month","AmountUsd":"0.1"}""");
        string[] raise =
        [
            "budgets", "override", "ACME", "--amount-usd", "0.4", "--reason", "=release", "--author", "mona",
            "--until", "2026-10-20", "--format", "json",
        ];

        var first = Assert.Single(Rows(await bench.RunAsync(raise)));
        Assert.Single(Rows(await bench.RunAsync(raise)));

        var listed = Assert.Single(Rows(await bench.RunAsync("budgets", "overrides", "--format", "json")));
        Assert.Equal((string)first["id"]!, (string)listed["id"]!);
        Assert.Equal(("acme", "mona", "2026-10-12"), Texts(listed, "budget", "author", "from"));
        Assert.Equal(0.5m, (decimal)Assert.Single(Rows(await bench.RunAsync("budgets", "--format", "json")))["limit"]!);
        Assert.Contains("'=release", (await bench.RunAsync("budgets", "overrides", "acme", "--format", "csv")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await bench.RunAsync("budgets", "override", "--remove", (string)first["id"]!)).Code);
        Assert.Equal(2, (await bench.RunAsync("budgets", "override", "--remove", (string)first["id"]!)).Code);
        Assert.Equal(0.1m, (decimal)Assert.Single(Rows(await bench.RunAsync("budgets", "--format", "json")))["limit"]!);
    }

    [Fact]
    public async Task What_runs_of_workflows_cost_and_how_forecasts_would_have_held_is_told()
    {
        await FillAsync("""{"Name":"acme","Period":"day","AmountUsd":"1"}""");

        var workflow = Assert.Single(Rows(await bench.RunAsync("budgets", "workflows", "--format", "json")));
        var tests = Rows(await bench.RunAsync(
            "budgets", "backtest", "acme", "--from", "2026-10-01", "--to", "2026-10-10", "--format", "json"));

        Assert.Equal((9, 1.2m), ((int)workflow["runs"]!, (decimal)workflow["medianAiCredits"]!));
        Assert.Equal(9, tests.Count);
        Assert.Equal((1, 1, 0), ((int)tests[8]["days"]!, (int)tests[8]["daysInside"]!, (int)tests[0]["days"]!));
        Assert.Contains("No period lies wholly", (await bench.RunAsync(
            "budgets", "backtest", "acme", "--from", "2026-10-12", "--to", "2026-10-13")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHubs_own_budgets_stand_beside_and_its_refusal_is_a_line()
    {
        await using var github = await FakeGitHub.StartAsync(Workbench.Token);
        github.Bills.AddBudgets("organizations/acme", new FakeBudget("b-1", 500)
        {
            ConsumedUsd = 125.5m, Scope = "cost_center", Entity = "R&D\u001b[2J",
        });
        await FillAsync("""{"Name":"acme","Period":"month","AmountUsd":"1"}""");
        Assert.Contains("has a token to ask for budgets", (await bench.RunAsync("budgets", "--fetch")).Error, StringComparison.Ordinal);
        bench.Variables["TokenLedger__GitHub__ApiUrl"] = github.Url.AbsoluteUri;
        bench.Variables["TokenLedger__GitHub__Token"] = github.Token;

        var fetched = await bench.RunAsync("budgets", "--fetch");
        bench.Variables["TokenLedger__GitHub__Token"] = "ghp_wrong";
        var refused = await bench.RunAsync("budgets", "--fetch");

        Assert.Equal((0, ""), (fetched.Code, fetched.Error));
        Assert.Contains("GitHub's own budgets", fetched.Out, StringComparison.Ordinal);
        Assert.Contains("25.1 %", fetched.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', fetched.Out);
        Assert.Equal(0, refused.Code);
        Assert.Contains("its budgets (401)", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_wrong", refused.Error, StringComparison.Ordinal);
        Assert.Equal(fetched.Out, refused.Out);
    }

    [Theory]
    [InlineData("no budget is named 'other'", "other")]
    [InlineData("is none of warning", "--fail-on", "cost")]
    [InlineData("in the future", "--at", "2027-01-01")]
    [InlineData("name the budget", "override", "--amount-usd", "1")]
    [InlineData("give one of", "override", "acme", "--reason", "r", "--author", "m", "--until", "2026-11-01")]
    [InlineData("--reason is needed", "override", "acme", "--amount-usd", "1", "--author", "m", "--until", "2026-11-01")]
    [InlineData("--reason is needed", "override", "acme", "--amount-usd", "1", "--reason", "a\nb", "--author", "m", "--until", "2026-11-01")]
    [InlineData("--author is needed", "override", "acme", "--amount-usd", "1", "--reason", "r", "--until", "2026-11-01")]
    [InlineData("--until is missing", "override", "acme", "--amount-usd", "1", "--reason", "r", "--author", "m")]
    [InlineData("--until is exclusive", "override", "acme", "--amount-usd", "1", "--reason", "r", "--author", "m", "--until", "2026-10-12")]
    [InlineData("no number above 0", "override", "acme", "--amount-ai-credits", "0", "--reason", "r", "--author", "m", "--until", "2026-11-01")]
    [InlineData("--remove takes nothing", "override", "--remove", "1", "--author", "m")]
    [InlineData("--to is exclusive", "backtest", "acme", "--from", "2026-10-02", "--to", "2026-10-02")]
    public async Task Wrong_use_is_exit_2_and_says_what_to_do(string message, params string[] args)
    {
        await FillAsync("""{"Name":"acme","Period":"month","AmountUsd":"1"}""");

        var result = await bench.RunAsync(["budgets", .. args]);

        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private void Configure(string budgets)
    {
        bench.Write("tokenledger.json", $$"""
            {"TokenLedger":{"Budgets":[{{budgets}}],"Sources":[{"Name":"acme","Kind":"github","Organization":"acme",
             "Buckets":[{"Exclusive":true}]}] } }
            """);
        foreach (var (key, value) in Flat(JsonNode.Parse(File.ReadAllText(bench.Path("tokenledger.json")))!, ""))
            bench.Variables[key] = value;
    }

    private async Task FillAsync(string budgets)
    {
        Configure(budgets);
        for (var day = 1; day <= Days; day++)
        {
            bench.WriteRun(
                100 + day, "acme/api", string.Create(CultureInfo.InvariantCulture, $"2026-10-{day:00}"),
                models: ["claude-sonnet-5"]);
        }

        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        var bill = bench.Write("bill.csv", Workbench.BillHeader
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,1.2,ai-credits,0.01,0.012,0,0.012,acme,acme/api,\n");
        Assert.Equal(0, (await bench.RunAsync("import-billing", bill)).Code);
    }

    // As environment variables, so that every command of a test is configured alike.
    private static IEnumerable<(string Key, string Value)> Flat(JsonNode node, string path) => node switch
    {
        JsonObject item => item.SelectMany(pair => Flat(pair.Value!, Join(path, pair.Key))),
        JsonArray list => list.SelectMany((entry, at) => Flat(entry!, Join(path, at.ToString(CultureInfo.InvariantCulture)))),
        _ => [(path, node.ToString())],
    };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}__{key}";

    private static (string, string, string) Texts(JsonNode row, string one, string two, string three) =>
        ((string)row[one]!, (string)row[two]!, (string)row[three]!);

    private static List<JsonNode> Rows(Outcome outcome)
    {
        Assert.Equal(0, outcome.Code);
        return [.. JsonNode.Parse(outcome.Out)!["rows"]!.AsArray().Select(row => row!)];
    }
}
