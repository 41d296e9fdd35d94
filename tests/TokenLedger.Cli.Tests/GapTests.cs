using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class GapTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData()]
    [InlineData("--by", "account")]
    [InlineData("--by", "day")]
    [InlineData("--by", "model")]
    public async Task Estimate_bill_and_net_are_those_of_reconcile_and_the_parts_lead_from_one_to_the_other(
        params string[] by)
    {
        await bench.FillAsync();
        var totals = JsonNode.Parse((await bench.ReconcileAsync("--format", "json")).Out)!["totals"]!;

        var rows = Rows(await GapAsync(["--net", "--format", "json", .. by]));

        Assert.Equal((decimal)totals["estimatedAiCredits"]!, Sum(rows, "estimated"));
        Assert.Equal((decimal)totals["billedAiCredits"]!, Sum(rows, "billed"));
        Assert.Equal((decimal)totals["billedNetUsd"]! * 100, Sum(rows, "net"));
        Assert.Equal(
            (decimal)totals["billedAiCredits"]! - (decimal)totals["estimatedAiCredits"]!,
            Sum(rows, "part", row => (string)row["part"]! != "allowance"));
        Assert.Equal(Sum(rows, "net") - Sum(rows, "billed"), Sum(rows, "part", row => (string)row["part"]! == "allowance"));
        Assert.All(rows, row => Assert.Equal((decimal?)row["aiCredits"] / 100, (decimal?)row["usd"]));
    }

    [Fact]
    public async Task Each_part_says_on_what_ground_what_it_may_hold_and_what_to_do()
    {
        await bench.FillAsync();

        var rows = Rows(await GapAsync("--format", "json"));

        var shared = Assert.Single(rows, row => (string?)row["cause"] == "no-billed-tokens");
        Assert.Equal("not-separable", (string)shared["part"]!);
        Assert.Contains("price", (string)shared["mayHold"]!, StringComparison.Ordinal);
        Assert.Contains("declare the bucket exclusive", (string)shared["nextStep"]!, StringComparison.Ordinal);
        var keyed = Assert.Single(rows, row => (string?)row["cause"] == "no-bill-source");
        Assert.Contains("anthropic", (string)keyed["nextStep"]!, StringComparison.Ordinal);
        Assert.Single(rows, row => (string?)row["cause"] == "no-bill-yet");
        var unpriced = Assert.Single(rows, row => (string?)row["cause"] == "unpriced-usage");
        Assert.Contains("copilot model-of-tomorrow", (string)unpriced["nextStep"]!, StringComparison.Ordinal);
        Assert.Contains("1 requests without a price", (string)rows[0]["nextStep"]!, StringComparison.Ordinal);
        var percents = rows.Where(row => row["percent"] is not null).Sum(row => (decimal)row["percent"]!);
        Assert.InRange(percents, 99.99m, 100.01m);
    }

    [Fact]
    public async Task A_scope_of_which_no_bill_was_seen_has_an_estimate_and_no_gap()
    {
        await bench.RunAsync("ingest", bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]));

        var rows = Rows(await GapAsync("--net", "--format", "json"));

        Assert.Equal(["estimated", "part", "billed", "part", "net"], rows.Select(row => (string)row["row"]!));
        Assert.Equal("timing", (string)rows[1]["part"]!);
        Assert.Null(rows[1]["percent"]);
        Assert.All(rows.Skip(2), row => Assert.Null(row["aiCredits"]));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("markdown")]
    public async Task It_is_told_in_every_format(string format)
    {
        await bench.FillAsync();

        var outcome = await GapAsync("--by", "model", "--format", format);

        Assert.Equal(0, outcome.Code);
        Assert.Contains("not-separable", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("claude-sonnet-5", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--org", "nobody")]
    [InlineData("--org", "acme", "--enterprise", "acme")]
    [InlineData("--org", "acme", "--by", "colour")]
    public async Task Wrong_use_or_an_empty_scope_is_exit_2(params string[] options)
    {
        await bench.FillAsync();

        Assert.Equal(2, (await bench.RunAsync(
            ["gap", .. options, "--from", "2026-10-01", "--to", "2026-10-04"])).Code);
    }

    [Fact]
    public async Task A_period_that_ends_before_it_starts_is_exit_2()
    {
        await bench.FillAsync();

        Assert.Equal(2, (await bench.RunAsync(
            "gap", "--org", "acme", "--from", "2026-10-04", "--to", "2026-10-04")).Code);
    }

    private Task<Outcome> GapAsync(params string[] more) =>
        bench.RunAsync(["gap", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-04", .. more]);

    private static decimal Sum(IEnumerable<JsonNode> rows, string kind, Func<JsonNode, bool>? which = null) => rows
        .Where(row => (string)row["row"]! == kind && (which is null || which(row)))
        .Sum(row => (decimal?)row["aiCredits"] ?? 0);

    private static List<JsonNode> Rows(Outcome outcome)
    {
        Assert.Equal(0, outcome.Code);
        return [.. JsonNode.Parse(outcome.Out)!["rows"]!.AsArray().Select(row => row!)];
    }
}
