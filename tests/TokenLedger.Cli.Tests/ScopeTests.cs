using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class ScopeTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_enterprises_answers_for_one_organisation_are_its_whole_bill_with_users_and_automation()
    {
        await bench.RunAsync("ingest", bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]));
        await ImportAsync("total", 5m, ("organization", "acme"));
        await ImportAsync("mona", 4m, ("organization", "acme"), ("user", "mona"));
        await ImportAsync("foreign", 9m, ("organization", "other"));

        var artifact = await ReconcileAsync("--org", "acme");

        var basis = artifact["charges"]!.AsArray().Where(charge => (string)charge!["role"]! == "basis").ToList();
        Assert.Equal(500m, (decimal)artifact["totals"]!["billedAiCredits"]!);
        Assert.Equal(["", "mona"], basis.Select(charge => (string)charge!["user"]!).Order());
        Assert.DoesNotContain(artifact["warnings"]!.AsArray(), warning => (string)warning!["code"]! == "partial-bill");
    }

    [Theory]
    [InlineData("red", "settled")]
    [InlineData("blue", "provisional")]
    public async Task A_cost_centres_day_is_as_final_as_the_answers_for_that_cost_centre(string center, string status)
    {
        bench.Now = new(2026, 10, 6, 9, 0, 0, TimeSpan.Zero);
        await ImportAsync("red-1", 5m, ("costCenter", "red"));
        await ImportAsync("blue-1", 5m, ("costCenter", "blue"));
        bench.Now += TimeSpan.FromDays(2);
        await ImportAsync("red-2", 5m, ("costCenter", "red"), ("padding", "x"));
        await ImportAsync("blue-2", 6m, ("costCenter", "blue"));

        var artifact = await ReconcileAsync("--enterprise", "big", "--cost-center", center);

        Assert.Equal(status, (string)Assert.Single(artifact["settlement"]!.AsArray())!["status"]!);
    }

    [Fact]
    public async Task A_run_over_the_end_of_the_period_says_that_its_claims_are_of_all_of_it()
    {
        var log = bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        var record = await File.ReadAllTextAsync(Path.Combine(log, "token-usage.jsonl"), Workbench.Token);
        record = record.Replace("}", ",\"ai_credits_this_response\":1.2}", StringComparison.Ordinal);
        bench.Write("logs/run-101/token-usage.jsonl", record + record
            .Replace("2026-10-01", "2026-10-02", StringComparison.Ordinal)
            .Replace("request-", "later-", StringComparison.Ordinal));
        Assert.Equal(0, (await bench.RunAsync("ingest", log)).Code);

        var run = Assert.Single((await ReconcileAsync("--org", "acme"))["runs"]!.AsArray())!;

        Assert.Equal(1.2m, (decimal)run["estimatedAiCredits"]!);
        Assert.Equal(2.4m, (decimal)run["proxyReportedAiCredits"]!);
        Assert.Equal("usage-outside-period", (string)Assert.Single(run["warnings"]!.AsArray())!["code"]!);
        var tables = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-02");
        Assert.DoesNotContain("Runs whose figures differ", tables.Out);
    }

    [Fact]
    public async Task Unpriced_usage_crosses_its_limit_though_only_totals_are_known_and_no_requests()
    {
        bench.Write("logs/run-7/aw_info.json",
            """{"run_id":7,"repository":"acme/api","engine_id":"copilot","created_at":"2026-10-01T10:00:00Z"}""");
        bench.Write("logs/run-7/agent_usage.json",
            """{"input_tokens":100,"output_tokens":20,"primary_model":"model-of-tomorrow"}""");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs/run-7"))).Code);

        var result = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-02", "--fail-on", "unpriced");

        Assert.Equal(4, result.Code);
        Assert.Contains("Usage of model-of-tomorrow", result.Out);
    }

    private async Task ImportAsync(string name, decimal grossUsd, params (string Name, string Value)[] echoes)
    {
        var answer = new JsonObject
        {
            ["timePeriod"] = new JsonObject { ["year"] = 2026, ["month"] = 10, ["day"] = 1 },
            ["enterprise"] = "big",
            ["usageItems"] = new JsonArray(new JsonObject
            {
                ["product"] = "Copilot",
                ["sku"] = "Copilot AI Credits",
                ["model"] = "Claude Sonnet 5",
                ["unitType"] = "ai-credits",
                ["pricePerUnit"] = 0.01m,
                ["grossQuantity"] = grossUsd * 100m,
                ["grossAmount"] = grossUsd,
                ["netAmount"] = 0,
            }),
        };
        foreach (var (key, value) in echoes)
            answer[key] = value;
        var file = bench.Write($"bills/{name}.json", answer.ToJsonString());
        Assert.Equal(0, (await bench.RunAsync("import-billing", file)).Code);
    }

    private async Task<JsonNode> ReconcileAsync(params string[] scope)
    {
        var result = await bench.RunAsync(
            ["reconcile", .. scope, "--from", "2026-10-01", "--to", "2026-10-02", "--format", "json"]);
        Assert.Equal(0, result.Code);
        return JsonNode.Parse(result.Out)!;
    }
}
