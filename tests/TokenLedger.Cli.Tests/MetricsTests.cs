using System.Text.Json.Nodes;
using TokenLedger.Application.Metrics;
using TokenLedger.Application.Outcomes;
using TokenLedger.Domain.Metrics;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Cli.Tests;

public sealed class MetricsTests : IDisposable
{
    private const string Hostile = "<img src=x onerror=alert(1)> | =cmd()";
    private static readonly string[] Period = ["--from", "2026-10-01", "--to", "2026-10-04"];
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Two_runs_on_one_pull_request_cost_what_they_were_billed()
    {
        await FillAsync();

        var rows = await RowsAsync("metrics", "--metric", "cost-per-accepted-pull-request");

        // Run 101: 0.012 of Sonnet 5 (1,000 in at 2, 1,000 out at 10) and 0.00225 of GPT-5 mini (0.25, 2); the bill of
        // both is more, and shared with people. Run 102: 0.012, of which 0.005 is billed so far.
        var row = Assert.Single(rows)!;
        Assert.Equal(1m, (decimal)row["denominator"]!);
        Assert.Equal(0.02625m, (decimal)row["value"]!);
        Assert.Equal((decimal)row["numerator"]!, (decimal)row["value"]!);
        Assert.Equal("USD", (string)row["unit"]!);
        Assert.Contains("÷", (string)row["formula"]!);
        var cost = (decimal)Assert.Single(await RowsAsync("outcomes"), pull => (long)pull!["number"]! == 12)!["costUsd"]!;
        Assert.Equal((decimal)row["value"]!, cost);
    }

    [Fact]
    public async Task An_unknown_outcome_is_null_with_its_reason()
    {
        await FillAsync(hasOutcome: false);

        var row = Assert.Single(await RowsAsync("metrics", "--metric", "cost-per-merged-pull-request"))!;

        Assert.Null(row["value"]);
        Assert.Equal("unknown-outcome", (string)row["unknownBecause"]!);
        Assert.Null(Assert.Single(await RowsAsync("outcomes"))!["state"]);
    }

    [Fact]
    public async Task Every_grouping_is_shown_and_every_metric_is_there()
    {
        await FillAsync();
        foreach (var grouping in Enum.GetNames<MetricGrouping>())
        {
            var rows = await RowsAsync("metrics", "--by", grouping.ToLowerInvariant());
            Assert.Equal(
                MetricBook.All.Select(metric => metric.Name).Order(StringComparer.Ordinal),
                rows.Select(row => (string)row!["metric"]!).Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_months_are_stored_whole_and_again_the_same()
    {
        await FillAsync();
        await RowsAsync("metrics");
        var first = await StoredAsync();
        await RowsAsync("metrics");

        Assert.Equal(first, await StoredAsync());
        Assert.Contains(first, row => row.StartsWith("2026-10 spend|all|", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Hostile_names_are_escaped_in_every_format(string format)
    {
        await FillAsync();
        bench.Variables["COLUMNS"] = "400";

        var metrics = await RunAsync("metrics", "--by", "person", "--metric", "spend", "--format", format);
        var outcomes = await RunAsync("outcomes", "--format", format);

        foreach (var text in (string[])[metrics.Out, outcomes.Out])
        {
            Assert.Contains("onerror", text);
            if (format is "markdown" or "json")
                Assert.DoesNotContain("<img", text);
            if (format is "csv")
                Assert.DoesNotContain(",=cmd", text);
        }
    }

    [Fact]
    public async Task A_lost_ledger_has_its_outcomes_again_after_a_rebuild()
    {
        await FillAsync();
        var before = await RowsAsync("outcomes");
        File.Delete(bench.Path("ledger.db"));

        Assert.Equal(0, (await bench.RunAsync("rebuild")).Code);

        Assert.Equal(before.ToJsonString(), (await RowsAsync("outcomes")).ToJsonString());
    }

    [Fact]
    public async Task Wrong_usage_is_told()
    {
        await FillAsync();

        var metric = await bench.RunAsync("metrics", "--metric", "happiness");
        Assert.Equal(2, metric.Code);
        Assert.Contains("cost-per-person", metric.Error);
        Assert.Equal(2, (await bench.RunAsync("metrics", "--from", "2026-10-04", "--to", "2026-10-01")).Code);
        Assert.Equal(2, (await bench.RunAsync("outcomes", "--from", "2020-01-01", "--to", "2026-10-01")).Code);
        var fetch = await RunAsync("outcomes", "--fetch");
        Assert.Equal(2, fetch.Code);
        Assert.Contains("TokenLedger__GitHub__Token", fetch.Error);
    }

    [Fact]
    public async Task The_page_on_metrics_holds_every_metric_with_its_formula()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "metrics.md")))
            folder = folder.Parent!;
        var page = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "docs", "metrics.md"), Workbench.Token);

        Assert.All(
            MetricBook.All, metric => Assert.Contains($"| `{metric.Name}` | {metric.Formula} |", page));
    }

    private Task<Outcome> RunAsync(string command, params string[] more) =>
        bench.RunAsync([command, .. Period, .. more]);

    private async Task<JsonArray> RowsAsync(string command, params string[] more)
    {
        var result = await RunAsync(command, [.. more, "--format", "json"]);
        Assert.True(result.Code == 0, result.Error);
        var document = JsonNode.Parse(result.Out)!;
        Assert.Equal($"tokenledger/{command}/v1", (string)document["schema"]!);
        return document["rows"]!.AsArray();
    }

    private async Task<List<string>> StoredAsync()
    {
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), TimeProvider.System);
        return await storage.Records.ReadAsync(MetricTable.Table, null, null, Workbench.Token)
            .Select(row => $"{row.Row.PartitionKey} {row.Row.RowKey} {row.Row.Number("value")}")
            .ToListAsync(Workbench.Token);
    }

    // Run 101 created pull request 12 and run 102 pushed to it.
    private async Task FillAsync(bool hasOutcome = true)
    {
        Work(101, "create_pull_request");
        await bench.FillAsync();
        bench.WriteRun(107, "acme/web", "2026-10-03", Hostile, "copilot", "claude-sonnet-5");
        var info = JsonNode.Parse(await File.ReadAllTextAsync(
            bench.Path("logs/run-107/aw_info.json"), Workbench.Token))!.AsObject();
        info["actor"] = Hostile;
        bench.Write("logs/run-107/aw_info.json", info.ToJsonString());
        Work(102, "push_to_pull_request_branch");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        if (!hasOutcome)
            return;
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), TimeProvider.System);
        var place = OutcomePlace.OfNumber("github.com", "acme/api", 12)!;
        var at = new DateTimeOffset(2026, 10, 2, 0, 0, 0, TimeSpan.Zero);
        await storage.OutcomeArchive.AddAsync(
            place,
            new OutcomeSnapshot(at, WorkKind.PullRequest, IsOpen: false)
            {
                CreatedAt = at.AddHours(-5), MergedAt = at, ClosedAt = at, Author = Hostile, Additions = 3,
                Deletions = 1,
            },
            Workbench.Token);
        await new StoreOutcome(storage.OutcomeArchive, storage.Records).ExecuteAsync(place, Workbench.Token);
    }

    private void Work(long runId, string type) => bench.Write(
        $"logs/run-{runId}/safe-output-items.jsonl",
        new JsonObject
        {
            ["type"] = type, ["url"] = "https://github.com/acme/api/pull/12", ["number"] = 12, ["repo"] = "acme/api",
        }.ToJsonString() + "\n");
}
