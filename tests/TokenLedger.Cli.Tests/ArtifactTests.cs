using System.Text.Json;
using System.Text.Json.Nodes;
using TokenLedger.Testing.Schemas;

namespace TokenLedger.Cli.Tests;

public sealed class ArtifactTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_artifact_fits_its_schema_and_every_sum_holds()
    {
        await bench.FillAsync();
        var result = await bench.ReconcileAsync("--output", bench.Path("out.json"));
        Assert.Equal(0, result.Code);
        using var schema = JsonDocument.Parse((await bench.RunAsync("schema")).Out);
        using var artifact = JsonDocument.Parse(await File.ReadAllTextAsync(bench.Path("out.json"), Workbench.Token));

        Assert.Empty(new SchemaSubset(schema.RootElement).Validate(artifact.RootElement));
        var verified = await bench.RunAsync("verify", bench.Path("out.json"));
        Assert.Equal(0, verified.Code);
        Assert.Contains("every sum exact", verified.Out);
    }

    [Fact]
    public async Task The_figures_are_those_of_the_bill()
    {
        var artifact = await ArtifactAsync();
        var totals = artifact["totals"]!;

        Assert.Equal(1.678m, (decimal)totals["billedGrossUsd"]!);
        Assert.Equal(167.8m, (decimal)totals["billedAiCredits"]!);
        Assert.Equal(0.445m, (decimal)totals["billedNetUsd"]!);
        Assert.Equal(5, (int)totals["runs"]!);
        Assert.Equal(1, (int)totals["unpricedRequests"]!);
        Assert.Equal(
            (decimal)totals["billedAiCredits"]!,
            (decimal)totals["allocatedAiCredits"]! + (decimal)totals["unallocatedAiCredits"]!);
    }

    [Theory]
    [InlineData(101, "claude-sonnet-5", "billed")]
    [InlineData(102, "claude-sonnet-5", "billed")]
    [InlineData(103, "model-of-tomorrow", "unpriced")]
    [InlineData(104, "claude-sonnet-5", "estimated(no-bill-source)")]
    [InlineData(105, "claude-sonnet-5", "estimated")]
    public async Task Each_model_says_what_its_figure_is(long runId, string model, string state)
    {
        var artifact = await ArtifactAsync();
        var entry = artifact["runs"]!.AsArray()
            .Single(run => (long)run!["runId"]! == runId)!["models"]!.AsArray()
            .Single(entry => (string)entry!["model"]! == model)!;

        Assert.Equal(state, (string)entry["state"]!);
        Assert.Equal(state == "billed", entry["billedAiCredits"] is not null);
        Assert.Equal(state == "unpriced", entry["estimatedAiCredits"] is null);
    }

    [Fact]
    public async Task A_share_is_no_more_than_its_estimate_and_no_more_than_its_row()
    {
        var artifact = await ArtifactAsync();
        var run = artifact["runs"]!.AsArray().Single(run => (long)run!["runId"]! == 102)!;

        Assert.Equal(0.5m, (decimal)run["billedAiCredits"]!);
        var capped = artifact["runs"]!.AsArray().Single(run => (long)run!["runId"]! == 101)!["models"]!.AsArray()
            .Single(model => (string)model!["model"]! == "claude-sonnet-5")!;
        Assert.Equal((decimal)capped["estimatedAiCredits"]!, (decimal)capped["billedAiCredits"]!);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes_but_for_the_time()
    {
        await bench.FillAsync();
        var first = (await bench.ReconcileAsync("--format", "json")).Out;
        await bench.RunAsync("ingest", bench.Path("logs"));
        await bench.RunAsync("import-billing", bench.Path("bills"));
        Assert.Equal(first, (await bench.ReconcileAsync("--format", "json")).Out);

        bench.Now += TimeSpan.FromSeconds(1);
        var later = (await bench.ReconcileAsync("--format", "json")).Out;
        Assert.NotEqual(first, later);
        Assert.Equal(first.Replace("09:00:00Z", "09:00:01Z"), later.Replace("09:00:00Z", "09:00:01Z"));
    }

    [Fact]
    public async Task Verify_fails_when_any_one_figure_is_a_nano_credit_off()
    {
        var artifact = await ArtifactAsync();
        var figures = new List<JsonValue>();
        Collect(artifact, figures);
        Assert.True(figures.Count > 100);
        foreach (var figure in figures)
        {
            var path = figure.GetPath();
            var parent = figure.Parent!;
            var key = figure.GetPropertyName();
            var changed = figure.GetValue<decimal>() + (key.EndsWith("Usd") ? 0.00000000001m : 0.000000001m);
            parent[key] = JsonValue.Create(changed);
            var result = await VerifyAsync(artifact);
            parent[key] = figure;

            Assert.True(result.Code == 1, path);
            // The hash alone would catch it; what is billed must be caught by a sum that anybody can do again.
            if (key is "billedAiCredits" or "billedGrossUsd")
                Assert.True(
                    result.Out.Split('\n').Any(line => line.Contains(" is ") && !line.Contains("contentHash")), path
                        + result.Out);
        }

        Assert.Equal(0, (await VerifyAsync(artifact)).Code);
    }

    [Fact]
    public async Task Without_any_bill_the_billed_totals_are_unknown_and_not_zero()
    {
        bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        var result = await bench.ReconcileAsync("--output", bench.Path("out.json"));
        var artifact = JsonNode.Parse(await File.ReadAllTextAsync(bench.Path("out.json"), Workbench.Token))!;

        Assert.DoesNotContain("Where the AI bill went", result.Out);
        var totals = artifact["totals"]!;
        Assert.All(
            new[] { "billedAiCredits", "billedGrossUsd", "billedNetUsd", "allocatedAiCredits", "unallocatedAiCredits" },
            key => Assert.Null(totals[key]));
        Assert.All(totals["components"]!.AsArray(), component => Assert.Null(component!["billedGrossUsd"]));
        Assert.Equal(1.2m, (decimal)totals["estimatedAiCredits"]!);
        Assert.Equal(0, (await VerifyAsync(artifact)).Code);
        totals["billedAiCredits"] = 0;
        Assert.Contains("no bill was seen", (await VerifyAsync(artifact)).Out);
    }

    [Fact]
    public async Task Verify_lists_every_broken_reference()
    {
        var artifact = await ArtifactAsync();
        var charges = artifact["charges"]!.AsArray();
        charges.Add(charges[0]!.DeepClone());
        artifact["unallocated"]!.AsArray().Add(artifact["unallocated"]![0]!.DeepClone());
        artifact["unallocated"]![0]!["chargeId"] = "nowhere";

        var result = await VerifyAsync(artifact);

        Assert.Equal(1, result.Code);
        Assert.Contains("is not unique", result.Out);
        Assert.Contains("charge nowhere", result.Out);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"schema\":\"tokenledger/reconciliation/v2\"}")]
    [InlineData("{\"schema\":\"tokenledger/reconciliation/v1\",\"totals\":{}}")]
    public async Task A_file_that_is_no_artifact_is_wrong_usage(string content)
    {
        var result = await bench.RunAsync("verify", bench.Write("x.json", content));

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Out);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("charges")]
    [InlineData("unallocated")]
    [InlineData("settlement")]
    [InlineData("warnings")]
    public async Task An_artifact_with_null_for_an_entry_is_wrong_usage(string list)
    {
        await bench.FillAsync();
        var artifact = JsonNode.Parse((await bench.ReconcileAsync("--format", "json")).Out)!;
        artifact[list]!.AsArray().Add(null);

        var result = await VerifyAsync(artifact);

        Assert.Equal(2, result.Code);
        Assert.Contains("null", result.Error);
    }

    [Fact]
    public async Task A_later_versions_added_field_is_no_reason_to_fail()
    {
        await bench.FillAsync();
        var text = (await bench.ReconcileAsync("--format", "json")).Out;
        var artifact = JsonNode.Parse(text)!;
        artifact["addedLater"] = 1.50m;

        var result = await VerifyAsync(artifact);

        Assert.Equal(["contentHash: the content is not what it was when the artifact was made."], ProblemsOf(result));
    }

    private static IEnumerable<string> ProblemsOf(Outcome result) => result.Out.TrimEnd().Split('\n').Skip(3);

    private static void Collect(JsonNode? node, List<JsonValue> figures)
    {
        switch (node)
        {
            case JsonObject properties:
                foreach (var (name, value) in properties)
                    Collect(value, figures);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Collect(item, figures);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number
                && (value.GetPropertyName().EndsWith("Usd") || value.GetPropertyName().EndsWith("AiCredits")):
                figures.Add(value);
                break;
        }
    }

    private async Task<Outcome> VerifyAsync(JsonNode artifact) =>
        await bench.RunAsync("verify", bench.Write("changed.json", artifact.ToJsonString()));

    private async Task<JsonNode> ArtifactAsync()
    {
        await bench.FillAsync();

        // The other components of a bill, so that their figures are known and can be wrong.
        var minutes = bench.Write("usage.json", """
            {"usageItems":[
             {"date":"2026-10-03","product":"Actions","sku":"Actions Linux","quantity":50,"unitType":"minutes",
              "pricePerUnit":0.006,"grossAmount":0.3,"discountAmount":0.1,"netAmount":0.2,
              "organizationName":"acme","repositoryName":"acme/web"},
             {"date":"2026-10-03","product":"Copilot","sku":"copilot_for_business","quantity":1,"unitType":"user-months",
              "pricePerUnit":19,"grossAmount":19,"discountAmount":0,"netAmount":19,"organizationName":"acme"}]}
            """);
        Assert.Equal(0, (await bench.RunAsync("import-billing", minutes)).Code);
        return JsonNode.Parse((await bench.ReconcileAsync("--format", "json")).Out)!;
    }
}
