using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class PriceWatchTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_price_that_fell_is_a_warning_and_a_row_with_its_first_day()
    {
        // gpt-5.5 costs 5 USD a million tokens of input by the book; since the 14th 4 USD are billed.
        await BillAsync(day => day < 14 ? 10m : 8m);

        var check = await CheckAsync("--format", "json");
        var row = Assert.Single(JsonNode.Parse(check.Out)!["rows"]!.AsArray())!;
        Assert.Equal(0, check.Code);
        Assert.Equal(
            ("price-contradicts-book", "gpt-5-5", "input", "2026-09-14", "2026-09-20"),
            ((string?)row["finding"], (string?)row["model"], (string?)row["tokenKind"], (string?)row["since"],
                (string?)row["through"]));
        Assert.Equal(
            (5m, 4m, -20m, 7, -14m),
            ((decimal)row["bookedUsdPerMillionTokens"]!, (decimal)row["paidUsdPerMillionTokens"]!,
                (decimal)row["offPercent"]!, (int)row["days"]!, (decimal)row["effectUsd"]!));
        Assert.NotNull(row["bookedSource"]);

        var reconciled = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", "2026-09-01", "--to", "2026-10-01", "--format", "json");
        var warning = Assert.Single(
            JsonNode.Parse(reconciled.Out)!["warnings"]!.AsArray(),
            warning => (string?)warning!["code"] == "price-contradicts-book")!;
        Assert.Equal(
            "openai:organization:acme: gpt-5-5 (openai) input is billed at 4 USD a million since 2026-09-14, the price "
            + "book says 5 (7 days, 14,000,000 tokens, -14.00 USD): prices check.",
            (string?)warning["message"]);
    }

    [Fact]
    public async Task A_contradiction_fails_only_where_that_is_asked_for()
    {
        await BillAsync(_ => 8m);

        var failed = await CheckAsync("--fail-on", "contradiction");
        Assert.Equal(4, failed.Code);
        Assert.Contains("--fail-on contradiction", failed.Error);
        Assert.Contains("Contradicted: if the provider's price page agrees", failed.Out);
        Assert.Equal(0, (await CheckAsync()).Code);
        Assert.Equal(2, (await CheckAsync("--fail-on", "drift")).Code);
        Assert.Equal(2, (await bench.RunAsync("prices", "check", "--from", "2026-09-01", "--to", "2026-10-01")).Code);
        Assert.Equal(2, (await bench.RunAsync(
            "prices", "check", "--org", "nobody", "--from", "2026-09-01", "--to", "2026-10-01")).Code);
    }

    [Fact]
    public async Task A_bill_at_booked_prices_has_no_finding()
    {
        await BillAsync(_ => 10m);

        var result = await CheckAsync("--fail-on", "contradiction");

        Assert.Equal(0, result.Code);
        Assert.Contains("No billed price contradicts the price book", result.Out);
    }

    [Fact]
    public async Task A_price_file_that_agrees_with_the_bill_ends_the_finding()
    {
        await BillAsync(_ => 8m);
        var prices = bench.Write("prices.json", """
            {"schema":"tokenledger/prices/v1","rows":[
              {"channel":"openai","model":"gpt-5.5","validFrom":null,"validTo":null,"promptTokensAbove":0,
               "usdPerMillionTokens":{"input":"4","output":"20","cacheRead":"1","cacheWrite5m":null,"cacheWrite1h":null},
               "source":"our contract","asOf":"2026-10-01","verified":true}]}
            """);

        Assert.Equal(0, (await CheckAsync("--fail-on", "contradiction", "--prices", prices)).Code);
        Assert.Equal(4, (await CheckAsync("--fail-on", "contradiction")).Code);
    }

    [Fact]
    public async Task Hostile_names_of_models_are_shown_escaped()
    {
        await BillAsync(_ => 8m, "gpt-\u001b[31mevil");

        var result = await CheckAsync("--fail-on", "contradiction");

        Assert.Equal(4, result.Code);
        Assert.DoesNotContain('\u001b', result.Out + result.Error);
        Assert.Contains("unbooked-model", result.Out);
    }

    [Fact]
    public async Task The_list_shows_what_holds_on_a_day_by_any_name_of_a_model()
    {
        var all = await bench.RunAsync("prices", "--format", "json");
        var one = await bench.RunAsync(
            "prices", "--model", "GPT-5.6 Luna", "--on", "2026-07-30", "--format", "json");

        Assert.Equal((0, 0), (all.Code, one.Code));
        Assert.True(JsonNode.Parse(all.Out)!["rows"]!.AsArray().Count > 100);
        var rows = JsonNode.Parse(one.Out)!["rows"]!.AsArray();
        Assert.All(rows, row => Assert.Equal("gpt-5-6-luna", (string?)row!["model"]));
        Assert.Contains(rows, row => (string?)row!["channel"] == "copilot" && (decimal?)row["input"] == 0.2m
            && (string?)row["validTo"] == "2026-08-03" && row["cacheWrite5m"] is null);
    }

    private Task<Outcome> CheckAsync(params string[] more) => bench.RunAsync(
        ["prices", "check", "--org", "acme", "--from", "2026-09-01", "--to", "2026-10-01", .. more]);

    // Twenty days of two million tokens of input.
    private async Task BillAsync(Func<int, decimal> usdOf, string model = "gpt-5.5")
    {
        var first = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
        var buckets = Enumerable.Range(0, 20).Select(day => (JsonNode)new JsonObject
        {
            ["object"] = "bucket",
            ["start_time"] = first.AddDays(day).ToUnixTimeSeconds(),
            ["end_time"] = first.AddDays(day + 1).ToUnixTimeSeconds(),
            ["results"] = new JsonArray(new JsonObject
            {
                ["object"] = "organization.costs.result",
                ["amount"] = new JsonObject { ["value"] = usdOf(day + 1), ["currency"] = "usd" },
                ["line_item"] = model + ", input",
                ["project_id"] = "proj_1",
                ["api_key_id"] = null,
                ["quantity"] = 2_000_000,
                ["quantity_unit"] = "tokens",
            }),
        });
        bench.Write("costs.json", new JsonObject
        {
            ["object"] = "page",
            ["data"] = new JsonArray([.. buckets]),
            ["has_more"] = false,
            ["next_page"] = null,
        }.ToJsonString());
        var imported = await bench.RunAsync("import-billing", bench.Path("costs.json"), "--org", "acme");
        Assert.True(imported.Code == 0, imported.Out + imported.Error);
    }
}
