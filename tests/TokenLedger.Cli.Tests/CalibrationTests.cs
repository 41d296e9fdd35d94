using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

/// <summary>Two weeks of runs in a bucket of their own, each estimated at 1.2 AI credits.</summary>
public sealed class CalibrationTests : IDisposable
{
    private const int Days = 14;
    private static readonly DateOnly First = new(2026, 10, 1);
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Factors_are_learned_from_settled_days_and_the_newest_days_are_told_by_them()
    {
        await FillAsync(_ => 1.32m);

        var factor = Assert.Single(Rows(await CalibrationAsync("--to", "2026-10-16", "--format", "json")));
        var days = Rows(await CalibrationAsync("--to", "2026-10-16", "--format", "json", "--show", "days"));

        Assert.Equal(("model", Days), ((string)factor["level"]!, (int)factor["days"]!));
        Assert.Equal((1.1m, 10m), ((decimal)factor["factor"]!, (decimal)factor["driftPercent"]!));
        Assert.True((decimal)factor["low"]! < 1.1m && (decimal)factor["high"]! > 1.1m);
        Assert.Equal(("settled", 1.32m), ((string)days[0]["status"]!, (decimal)days[0]["spendAiCredits"]!));
        Assert.Equal((decimal)days[0]["spendLowAiCredits"]!, (decimal)days[0]["spendHighAiCredits"]!);
        var open = days[^1];
        Assert.Equal(("2026-10-15", "estimated"), ((string)open["day"]!, (string)open["status"]!));
        Assert.Null(open["billedAiCredits"]);
        Assert.Equal((1.2m, 1.32m), ((decimal)open["estimatedAiCredits"]!, (decimal)open["spendAiCredits"]!));
        Assert.True((decimal)open["spendLowAiCredits"]! < 1.32m && (decimal)open["spendHighAiCredits"]! > 1.32m);
    }

    [Fact]
    public async Task The_artifact_tells_what_usage_that_is_not_billed_yet_is_expected_to_cost_and_still_adds_up()
    {
        await FillAsync(_ => 1.32m);
        var path = bench.Path("october.json");
        var told = await bench.RunAsync([.. Scope("reconcile", "2026-10-01"), "--output", path]);
        Assert.Equal(0, told.Code);

        var artifact = JsonNode.Parse(await File.ReadAllTextAsync(path, Workbench.Token))!;
        var models = artifact["runs"]!.AsArray().SelectMany(run => run!["models"]!.AsArray()).ToList();

        var open = Assert.Single(models, model => (string)model!["state"]! == "estimated")!;
        Assert.Equal(1.32m, (decimal)open["calibratedAiCredits"]!);
        Assert.True((decimal)open["calibratedLowAiCredits"]! < 1.32m && (decimal)open["calibratedHighAiCredits"]! > 1.32m);
        Assert.All(models.Where(model => model != open), model => Assert.Null(model!["calibratedAiCredits"]));
        Assert.All(
            ["calibratedAiCredits", "calibratedLowAiCredits", "calibratedHighAiCredits"],
            figure => Assert.Equal((decimal)open[figure]!, (decimal)artifact["totals"]![figure]!));
        Assert.Contains("Not billed yet, expected: 1.320 AI credits (", told.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await bench.RunAsync("verify", path)).Code);
    }

    [Fact]
    public async Task A_backtest_says_how_many_days_were_inside()
    {
        await FillAsync(day => 1.32m + (day % 3 * 0.01m));

        var test = Assert.Single(Rows(await CalibrationAsync(
            "backtest", "--from", "2026-10-01", "--to", "2026-10-15", "--format", "json")));

        Assert.Equal(Days, (int)test["days"]! + (int)test["daysWithoutFactor"]!);
        Assert.True((int)test["days"]! >= 4);
        Assert.Equal(100m, (decimal)test["insidePercent"]!);
        Assert.InRange((decimal)test["p95ErrorPercent"]!, (decimal)test["medianErrorPercent"]!, 2m);
    }

    [Fact]
    public async Task A_price_that_nobody_booked_is_told_once_by_reconcile_with_the_drift()
    {
        await FillAsync(_ => 0.96m);

        var artifact = JsonNode.Parse((await bench.RunAsync([.. Scope("reconcile", "2026-10-01"), "--format", "json"])).Out)!;

        var warning = Assert.Single(
            artifact["warnings"]!.AsArray(), warning => (string)warning!["code"]! == "calibration-drift")!;
        Assert.Contains("drift -20.0 %", (string)warning["message"]!, StringComparison.Ordinal);
        Assert.Equal(-20m, (decimal)artifact["totals"]!["driftPercent"]!);
    }

    [Fact]
    public async Task A_bucket_that_people_may_share_teaches_nothing()
    {
        await FillAsync(_ => 1.32m, isExclusive: false);

        var factor = Assert.Single(Rows(await CalibrationAsync("--to", "2026-10-16", "--format", "json")));
        var artifact = JsonNode.Parse((await bench.RunAsync([.. Scope("reconcile", "2026-10-01"), "--format", "json"])).Out)!;

        Assert.Equal(("not-identifiable", 1m), ((string)factor["level"]!, (decimal)factor["factor"]!));
        Assert.Null(factor["driftPercent"]);
        Assert.Null(artifact["totals"]!["driftPercent"]);
        Assert.DoesNotContain(artifact["warnings"]!.AsArray(), row => (string)row!["code"]! == "calibration-drift");
        Assert.Contains("Not identifiable", (await CalibrationAsync("--to", "2026-10-16")).Out, StringComparison.Ordinal);
        Assert.Contains("No day of the period can be judged", (await CalibrationAsync(
            "backtest", "--from", "2026-10-01", "--to", "2026-10-15")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--days", "400")]
    [InlineData("--days", "0")]
    [InlineData("--to", "2020-01-01")]
    [InlineData("--enterprise", "acme")]
    [InlineData("--show", "colours")]
    [InlineData("backtest", "--from", "2026-10-04", "--to", "2026-10-04")]
    [InlineData("backtest", "--from", "2020-10-04", "--to", "2020-10-05")]
    public async Task Wrong_use_or_an_empty_scope_is_exit_2(params string[] options)
    {
        await bench.FillAsync();

        Assert.Equal(2, (await CalibrationAsync(options)).Code);
    }

    private async Task FillAsync(Func<int, decimal> billed, bool isExclusive = true)
    {
        bench.Write("tokenledger.json", $$"""
            { "TokenLedger": { "Sources": [ { "Name": "acme", "Kind": "github", "Organization": "acme",
              "Buckets": [ { "Match": { "Repository": "acme/api" }, "Exclusive": {{(isExclusive ? "true" : "false")}} } ] } ] } }
            """);
        for (var day = 0; day <= Days; day++)
            bench.WriteRun(100 + day, "acme/api", Day(day), models: ["claude-sonnet-5"]);
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        // Two equal looks a day apart, when the days are old enough: they settle.
        bench.Now = new(2026, 10, 25, 9, 0, 0, TimeSpan.Zero);
        await ImportAsync("first.csv", billed, Days);
        bench.Now = bench.Now.AddDays(2);
        await ImportAsync("second.csv", billed, Days, "\n");
    }

    private async Task ImportAsync(string name, Func<int, decimal> billed, int days, string end = "")
    {
        var bill = new StringBuilder(Workbench.BillHeader);
        for (var day = 0; day < days; day++)
        {
            bill.Append(CultureInfo.InvariantCulture, $"{Day(day)},,copilot,copilot_ai_credit,Claude Sonnet 5,{billed(day)},")
                .Append(CultureInfo.InvariantCulture, $"ai-credits,0.01,{billed(day) / 100},0,{billed(day) / 100},")
                .Append("acme,acme/api,\n");
        }

        Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Write($"bills/{name}", bill + end))).Code);
    }

    private static string Day(int day) => First.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<Outcome> CalibrationAsync(params string[] options) => options[0] == "backtest"
        ? bench.RunAsync(["calibration", "backtest", "--org", "acme", .. options[1..], .. Config()])
        : bench.RunAsync(["calibration", "--org", "acme", .. options, .. Config()]);

    private string[] Scope(string command, string from) =>
        [command, "--org", "acme", "--from", from, "--to", "2026-10-16", .. Config()];

    private string[] Config() =>
        File.Exists(bench.Path("tokenledger.json")) ? ["--config", bench.Path("tokenledger.json")] : [];

    private static List<JsonNode> Rows(Outcome outcome)
    {
        Assert.Equal(0, outcome.Code);
        return [.. JsonNode.Parse(outcome.Out)!["rows"]!.AsArray().Select(row => row!)];
    }
}
