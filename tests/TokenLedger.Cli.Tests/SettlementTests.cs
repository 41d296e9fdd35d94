using System.Text.Json.Nodes;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Cli.Tests;

public sealed class SettlementTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Each_day_is_told_with_its_status_and_the_looks_at_it()
    {
        await bench.FillAsync();

        var rows = Rows(await bench.RunAsync(
            "settlement", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-04", "--format", "json"));

        Assert.Equal(
            ["2026-10-01 provisional 1", "2026-10-02 provisional 1", "2026-10-03 estimated 0"],
            rows.Where(row => (string)row["account"]! == "github:organization:acme")
                .Select(row => $"{row["day"]} {row["status"]} {row["observations"]}"));
        Assert.All(rows, row => Assert.Null(row["nextLookAt"]));
    }

    [Fact]
    public async Task A_polled_day_says_when_it_is_looked_at_next()
    {
        await bench.FillAsync();
        bench.Write("tokenledger.json", """
            { "TokenLedger": { "Sources": [
              { "Name": "acme", "Kind": "github", "Organization": "acme", "Token": "t0ken", "Views": ["ai_credit/usage"] } ] } }
            """);

        var row = Rows(await bench.RunAsync(
            "settlement", "--org", "acme", "--from", "2026-10-11", "--to", "2026-10-12", "--format", "json",
            "--config", bench.Path("tokenledger.json")), 2);
        Assert.Empty(row);

        var known = Rows(await bench.RunAsync(
            "settlement", "--org", "acme", "--from", "2026-10-03", "--to", "2026-10-04", "--format", "json",
            "--config", bench.Path("tokenledger.json")));
        Assert.Equal("2026-10-04 06:00", (string)Assert.Single(known)["nextLookAt"]!);
    }

    [Fact]
    public async Task A_report_that_was_dealt_with_today_is_due_tomorrow_and_another_at_once()
    {
        await bench.FillAsync();
        bench.Write("tokenledger.json", """
            { "TokenLedger": { "Sources": [ { "Name": "inc", "Kind": "github", "Enterprise": "inc", "Token": "t0ken",
              "Pays": { "Organizations": ["acme"] }, "Views": ["reports/ai_credit", "reports/detailed"] } ] } }
            """);
        await MarkAsync(
            "export/github:enterprise:inc",
            """{"doneOn":{"AiCreditReport":"2026-10-12","DetailedReport":"2026-10-12"}}""");
        await MarkAsync("poll/github:enterprise:inc/UsageSummary/2026-10-03", Refusal("not asked any more"));
        await MarkAsync("poll/github:enterprise:inc/DetailedReport/2026-10-03", Refusal("could not be made"));

        var row = await EnterpriseAsync();
        Assert.Equal("2026-10-13 00:00", (string)row["nextLookAt"]!);
        Assert.Equal("could not be made", (string)row["refusal"]!);

        await MarkAsync("export/github:enterprise:inc", """{"doneOn":{"AiCreditReport":"2026-10-12"}}""");
        Assert.Equal("2026-10-04 06:00", (string)(await EnterpriseAsync())["nextLookAt"]!);

        async Task<JsonNode> EnterpriseAsync() => Assert.Single(
            Rows(await bench.RunAsync(
                "settlement", "--from", "2026-10-03", "--to", "2026-10-04", "--format", "json", "--config",
                bench.Path("tokenledger.json"))),
            row => (string)row["account"]! == "github:enterprise:inc");
    }

    [Fact]
    public async Task Unsettled_days_fail_when_asked_to()
    {
        await bench.FillAsync();

        var outcome = await bench.RunAsync(
            "settlement", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-04", "--fail-on", "unsettled");

        Assert.Equal(4, outcome.Code);
        Assert.Contains("3 of 3 days are not settled", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fail-on", "drift=1")]
    [InlineData("--from", "2026-10-04", "--to", "2026-10-04")]
    [InlineData("--org", "acme", "--enterprise", "acme")]
    [InlineData("--org", "nobody")]
    public async Task Wrong_use_is_one_line_and_exit_2(params string[] options)
    {
        await bench.FillAsync();

        var outcome = await bench.RunAsync(["settlement", .. options]);

        Assert.Equal(2, outcome.Code);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public async Task What_was_recorded_is_told_as_it_was()
    {
        await bench.FillAsync();
        await RecordAsync(new(2026, 10, 5, 6, 0, 0, TimeSpan.Zero));
        bench.WriteRun(107, "acme/api", "2026-10-01", "Triage", "copilot", "claude-sonnet-5");
        await bench.RunAsync("ingest", bench.Path("logs"));
        await RecordAsync(new(2026, 10, 7, 6, 0, 0, TimeSpan.Zero));

        var early = await bench.ReconcileAsync("--as-of", "2026-10-05", "--format", "csv");
        var late = await bench.ReconcileAsync("--as-of", "2026-10-07", "--format", "csv");

        Assert.Equal((0, 0), (early.Code, late.Code));
        Assert.Contains("2026-10-05 06:00", early.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-10-07 06:00", early.Out, StringComparison.Ordinal);
        Assert.Contains("2026-10-07 06:00", late.Out, StringComparison.Ordinal);
        Assert.Equal(early.Out, (await bench.ReconcileAsync("--as-of", "2026-10-06", "--format", "csv")).Out);
        var tables = await bench.ReconcileAsync("--as-of", "2026-10-05");
        Assert.Contains("Answered for by runs", tables.Out, StringComparison.Ordinal);
        Assert.Contains("acme/api", tables.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--as-of", "2026-10-05")]
    [InlineData("--as-of", "2026-10-05", "--fail-on", "unpriced")]
    [InlineData("--as-of", "2026-10-05", "--cost-center", "red")]
    [InlineData("--as-of", "2026-10-05", "--spread-included")]
    public async Task Nothing_recorded_or_a_question_that_it_cannot_answer_is_exit_2(params string[] options)
    {
        await bench.FillAsync();

        Assert.Equal(2, (await bench.ReconcileAsync(options)).Code);
    }

    [Fact]
    public async Task Spread_included_credits_leave_the_sums_of_the_month_and_no_run_is_free()
    {
        await bench.FillAsync();
        bench.Write("tokenledger.json", """
            { "TokenLedger": { "Sources": [ { "Name": "acme", "Kind": "github", "Organization": "acme",
              "Included": [ { "Plan": "business", "Seats": 2 } ] } ] } }
            """);

        var taken = JsonNode.Parse((await bench.ReconcileAsync(
            "--format", "json", "--config", bench.Path("tokenledger.json"))).Out)!;
        var spread = JsonNode.Parse((await bench.ReconcileAsync(
            "--format", "json", "--config", bench.Path("tokenledger.json"), "--spread-included")).Out)!;

        Assert.Equal((decimal)taken["totals"]!["billedNetUsd"]!, (decimal)spread["totals"]!["billedNetUsd"]!);
        Assert.Equal((decimal)taken["totals"]!["billedGrossUsd"]!, (decimal)spread["totals"]!["billedGrossUsd"]!);
        Assert.Contains(taken["charges"]!.AsArray(), charge => (decimal)charge!["billedNetUsd"]! == 0);
        Assert.DoesNotContain(spread["charges"]!.AsArray(), charge => (decimal)charge!["billedNetUsd"]! == 0);
        var month = Assert.Single(spread["includedCredits"]!.AsArray())!;
        Assert.Equal(3_800m, (decimal)month["poolAiCredits"]!);
        Assert.Equal((decimal)month["poolAiCredits"]! - (decimal)month["includedAiCredits"]!, (decimal)month["leftAiCredits"]!);
        Assert.Contains(spread["warnings"]!.AsArray(), warning => (string)warning!["code"]! == "included-spread");
        bench.Write("spread.json", spread.ToJsonString());
        Assert.Equal(0, (await bench.RunAsync("verify", bench.Path("spread.json"))).Code);
        Assert.Contains("Included AI credits", (await bench.ReconcileAsync(
            "--config", bench.Path("tokenledger.json"))).Out, StringComparison.Ordinal);
    }

    private async Task RecordAsync(DateTimeOffset at)
    {
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), new StoppedClock(at));
        var record = new ReconcileDay(
            storage.Store, storage.Days, PriceBookReader.Shipped(), new LedgerConfiguration(), new StoppedClock(at));
        for (var day = new DateOnly(2026, 10, 1); day < new DateOnly(2026, 10, 4); day = day.AddDays(1))
            await record.ExecuteAsync(day, Workbench.Token);
    }

    private async Task MarkAsync(string name, string value)
    {
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), new StoppedClock(bench.Now));
        await storage.Checkpoints.SetAsync(new Checkpoint(name, bench.Now, value), Workbench.Token);
    }

    private static string Refusal(string message) =>
        $$"""{"code":"unavailable","message":"{{message}}","retryAt":"2026-10-12T10:00:00Z","isOfAccount":false}""";

    private static List<JsonNode> Rows(Outcome outcome, int code = 0)
    {
        Assert.Equal(code, outcome.Code);
        return code == 0 ? [.. JsonNode.Parse(outcome.Out)!["rows"]!.AsArray().Select(row => row!)] : [];
    }
}
