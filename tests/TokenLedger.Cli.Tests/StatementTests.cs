using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class StatementTests : IDisposable
{
    private const string Hostile = "<img src=x onerror=alert(1)> | =cmd()";

    private readonly Workbench bench = new();

    public static TheoryData<string> Groupings =>
    [
        "team", "repository", "workflow", "organization", "pull-request", "issue", "branch", "person", "payer",
        "cost-center", "model", "channel", "account", "phase", "purpose", "task-type", "engine", "event", "day",
        "month", "tag:env", "repository,model,day",
    ];

    public void Dispose() => bench.Dispose();

    [Theory]
    [MemberData(nameof(Groupings))]
    public async Task Statements_of_every_grouping_add_up_to_the_artifact(string by)
    {
        await FillAsync();
        var reconciled = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-10", "--format", "json");
        var totals = JsonNode.Parse(reconciled.Out)!["totals"]!;

        foreach (var spread in (string[])["none", "by-spend", "even"])
        {
            var result = await bench.RunAsync(
                "statement", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-10", "--by", by, "--spread",
                spread, "--format", "json");
            Assert.True(result.Code == 0, result.Error);
            var rows = JsonNode.Parse(result.Out)!["rows"]!.AsArray();

            Assert.Equal((decimal)totals["billedGrossUsd"]!, Sum("billedGrossUsd"));
            Assert.Equal((decimal)totals["billedGrossUsd"]!, Sum("chargedUsd"));
            Assert.Equal((decimal)totals["billedNetUsd"]!, Sum("billedNetUsd"));

            decimal Sum(string column) => rows.Sum(row => (decimal)row![column]!);
        }
    }

    [Fact]
    public async Task A_hostile_workflow_harms_no_format()
    {
        await FillAsync();
        foreach (var (format, forbidden) in new[]
        {
            ("markdown", "<img"), ("markdown", " | =cmd"), ("csv", ",=cmd"), ("csv", "\n=cmd"), ("table", "\u001b"),
        })
        {
            var result = await bench.RunAsync(
                "statement", "--from", "2026-10-01", "--to", "2026-10-10", "--by", "team,workflow", "--format", format);
            Assert.True(result.Code == 0, result.Error);
            Assert.DoesNotContain(forbidden, result.Out);
            Assert.Contains("onerror", result.Out);
        }

        var json = await bench.RunAsync(
            "statement", "--from", "2026-10-01", "--to", "2026-10-10", "--by", "workflow", "--format", "json");
        Assert.Contains(
            JsonNode.Parse(json.Out)!["rows"]!.AsArray(), row => (string?)row!["workflow"] == Hostile);
    }

    [Theory]
    [InlineData("--by", "nothing")]
    [InlineData("--by", "team,team")]
    [InlineData("--by", "team,repository,model,day")]
    [InlineData("--by", "tag:")]
    [InlineData("--spread", "half")]
    [InlineData("--month", "2026-13")]
    [InlineData("--month", "2026-10", "--from", "2026-10-01")]
    [InlineData("--by", "team,model", "--spread", "by-weight")]
    [InlineData("--fail-on", "drift")]
    public async Task What_cannot_be_stated_is_wrong_usage(params string[] options)
    {
        await FillAsync();

        var result = await bench.RunAsync(["statement", .. options]);

        Assert.Equal(2, result.Code);
        Assert.StartsWith("tokenledger: ", result.Error);
    }

    [Fact]
    public async Task A_month_whose_bills_are_not_final_is_a_draft_and_fails_on_demand()
    {
        await FillAsync();

        var result = await bench.RunAsync("statement", "--month", "2026-10", "--fail-on", "unsettled");

        Assert.Equal(4, result.Code);
        Assert.Contains("DRAFT", result.Out);
        Assert.Contains("not every bill", result.Error);
    }

    [Fact]
    public async Task Teams_tags_and_weights_come_from_configuration()
    {
        await FillAsync();
        bench.Variables["TokenLedger__Attribution__Rules__0__Match__Repository"] = "acme/w*";
        bench.Variables["TokenLedger__Attribution__Rules__0__Team"] = "Web";
        bench.Variables["TokenLedger__Attribution__Rules__1__Match__Repository"] = "acme/api";
        bench.Variables["TokenLedger__Attribution__Rules__1__Team"] = "Core";
        bench.Variables["TokenLedger__Attribution__Rules__1__Tags__env"] = "prod";
        bench.Variables["TokenLedger__Attribution__Weights__core"] = "1";

        var result = await bench.RunAsync(
            "statement", "--from", "2026-10-01", "--to", "2026-10-10", "--spread", "by-weight", "--format", "json");

        var rows = JsonNode.Parse(result.Out)!["rows"]!.AsArray();
        Assert.Equal(["Core", "Web"], rows.Select(row => (string)row!["team"]!)
            .Where(team => team[0] != '(').Order(StringComparer.Ordinal));
        Assert.Equal(0m, Spread("Web"));
        Assert.True(Spread("Core") > 0);

        decimal Spread(string team) =>
            (decimal)rows.Single(row => (string?)row!["team"] == team)!["spreadUsd"]!;
    }

    private async Task FillAsync()
    {
        bench.WriteRun(101, "acme/web", "2026-10-06", Hostile, "copilot", "claude-sonnet-5");
        bench.WriteRun(102, "acme/api", "2026-10-07", "Triage", "copilot", "claude-sonnet-5", "claude-opus-5");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        bench.Write("bill.csv", Workbench.BillHeader
            + "2026-10-06,,Copilot,Copilot AI Credits,Claude Sonnet 5,120,ai-credits,0.01,1.20,0.20,1.00,acme,,\n"
            + "2026-10-07,,Copilot,Copilot AI Credits,Claude Sonnet 5,200,ai-credits,0.01,2.00,0,2.00,acme,,\n"
            + "2026-10-07,alice,Copilot,Copilot AI Credits,Claude Opus 5,50,ai-credits,0.01,0.50,0,0.50,acme,,\n");
        var imported = await bench.RunAsync("import-billing", bench.Path("bill.csv"));
        Assert.True(imported.Code == 0, imported.Error + imported.Out);
    }
}
