using System.Text.Json;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Tests;

public sealed class OutputTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task Tables_fit_the_terminal(int columns)
    {
        bench.Variables["COLUMNS"] = columns.ToString();
        await bench.FillAsync();

        var result = await bench.ReconcileAsync();

        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= columns, line));
        Assert.Contains("Triage", result.Out);
        Assert.Contains("Estimated", result.Out);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(57)]
    public void An_option_is_never_broken(int width)
    {
        const string Text = "Run 'tokenledger app create --org ORG --webhook-url https://x.example/a/b' with '--secret-file'.";
        using var output = new StringWriter();

        TextTableWriter.Write(output, [new Table("", [new("text", "Text")], [[Text]])], width);

        var lines = output.ToString().Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Single(lines, line => line.Contains("--webhook-url"));
        Assert.Single(lines, line => line.Contains("'--secret-file'"));
    }

    [Fact]
    public async Task Job_minutes_are_summed_for_each_workflow_and_what_is_unknown_is_said()
    {
        bench.Variables["COLUMNS"] = "240";
        AddCollection(101, 12);
        AddCollection(102, 1_005);
        await bench.FillAsync();

        var table = (await bench.ReconcileAsync()).Out.Split('\n');
        var markdown = (await bench.ReconcileAsync("--format", "markdown")).Out;

        // Triage and Docs have a run each that nobody collected, and Keyed has no other.
        Assert.EndsWith("Actions minutes  Minutes unknown", Assert.Single(table, line => line.StartsWith("Workflow ")));
        Assert.EndsWith("≥ 12                1", Assert.Single(table, line => line.StartsWith("Triage ")));
        Assert.EndsWith("≥ 1,005                1", Assert.Single(table, line => line.StartsWith("Docs ")));
        Assert.EndsWith("–                1", Assert.Single(table, line => line.StartsWith("Keyed ")));
        Assert.EndsWith("≥ 1,017                3", Assert.Single(table, line => line.StartsWith("All runs ")));
        Assert.Contains("≥ 1,005", markdown);
    }

    [Fact]
    public async Task Where_no_job_minutes_are_known_a_terminal_shows_no_column_of_dashes()
    {
        bench.Variables["COLUMNS"] = "240";
        await bench.FillAsync();

        Assert.DoesNotContain("inutes", (await bench.ReconcileAsync()).Out.Split("Where the AI bill went")[0]);
        Assert.Contains("Actions minutes", (await bench.ReconcileAsync("--format", "markdown")).Out);
    }

    private void AddCollection(long runId, int minutes) => bench.Write(
        $"logs/run-{runId}/collection.json",
        $$"""
        {"schema":"tokenledger/collection/v1","host":"github.com","repository":"{{(runId == 101 ? "acme/api" : "acme/web")}}",
        "runId":{{runId}},"attempt":1,"state":"collected","actionsMinutes":{{minutes}},"problems":[]}
        """);

    [Fact]
    public async Task What_is_shown_adds_up()
    {
        await bench.FillAsync();
        var lines = (await bench.ReconcileAsync()).Out.Split('\n');
        var start = Array.FindIndex(lines, line => line.StartsWith("Where the AI bill went"));
        var end = Array.FindIndex(lines, line => line.StartsWith("Billed "));
        var parts = lines[(start + 3)..(end - 1)].Select(Credits);

        Assert.Equal(Credits(lines[end]), parts.Sum());

        static decimal Credits(string line) =>
            decimal.Parse(line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1]);
    }

    [Fact]
    public async Task Hostile_names_reach_no_terminal_spreadsheet_or_page()
    {
        const string Name = "=cmd()|\u001b[31mred\u001b]0;title\u0007 <img> [x](y) @team\u202e";
        await bench.RunAsync("ingest",
            bench.WriteRun(101, "acme/api", "2026-10-01", Name, models: ["claude-sonnet-5"]));

        var table = (await bench.RunAsync("runs")).Out;
        var csv = (await bench.RunAsync("runs", "--format", "csv")).Out;
        var markdown = (await bench.RunAsync("runs", "--format", "markdown")).Out;

        Assert.DoesNotContain(table, letter => char.IsControl(letter) && letter != '\n' || letter == '\u202e');
        Assert.Contains("=cmd()|red <img>", table);
        Assert.Contains(",'=cmd()|red", csv);
        Assert.DoesNotContain("<img>", markdown);
        Assert.DoesNotContain("[x](y)", markdown);
        Assert.DoesNotContain("@team", markdown);
    }

    [Theory]
    [InlineData("\t=cmd()", " =cmd()")]
    [InlineData("\u200b@SUM(A1)", "@SUM(A1)")]
    [InlineData("\uff1dcmd()", "\uff1dcmd()")]
    public async Task No_spreadsheet_takes_a_name_for_a_formula(string name, string shown)
    {
        await bench.RunAsync("ingest",
            bench.WriteRun(101, "acme/api", "2026-10-01", name, models: ["claude-sonnet-5"]));

        Assert.Contains($",'{shown},", (await bench.RunAsync("runs", "--format", "csv")).Out);
    }

    [Fact]
    public async Task A_name_as_long_as_a_text_takes_no_column_away()
    {
        await bench.RunAsync("ingest",
            bench.WriteRun(101, "acme/api", "2026-10-01", new string('x', 5000), models: ["claude-sonnet-5"]));

        var result = await bench.RunAsync("runs");

        Assert.Contains("Estimated", result.Out);
        Assert.Contains("Workflow", result.Out);
        Assert.Contains("Engine", result.Out);
        Assert.True(result.Out.Length < 3000);
    }

    [Fact]
    public async Task An_empty_answer_says_what_to_check()
    {
        await bench.FillAsync();

        Assert.Contains("no run of the ledger matches", (await bench.RunAsync("runs", "--org", "nobody")).Error);
        Assert.Contains("no run of the ledger matches", (await bench.RunAsync("usage", "--org", "nobody")).Error);
        Assert.Empty((await bench.RunAsync("usage", "--org", "acme")).Error);
    }

    [Fact]
    public async Task Unknown_is_null_and_never_0()
    {
        await bench.RunAsync("ingest", bench.WriteRun(101, "acme/api", "2026-10-01", models: ["model-of-tomorrow"]));

        using var json = JsonDocument.Parse((await bench.RunAsync("runs", "--format", "json")).Out);

        var run = json.RootElement.GetProperty("rows")[0];
        Assert.Equal(JsonValueKind.Null, run.GetProperty("estimatedAiCredits").ValueKind);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("sessionReportedAiCredits").ValueKind);
        Assert.Equal(2000, run.GetProperty("tokens").GetInt64());
    }

    [Theory]
    [InlineData("run", 6)]
    [InlineData("workflow", 4)]
    [InlineData("repository", 3)]
    [InlineData("model", 4)]
    [InlineData("day", 3)]
    public async Task Usage_is_summed_by(string what, int rows)
    {
        await bench.FillAsync();

        using var json = JsonDocument.Parse((await bench.RunAsync("usage", "--by", what, "--format", "json")).Out);

        var table = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(rows, table.Count);
        Assert.Equal(7, table.Sum(row => row.GetProperty("requests").GetInt64()));
    }

    [Fact]
    public async Task Output_goes_to_the_file_and_quiet_is_quiet()
    {
        await bench.FillAsync();

        var result = await bench.RunAsync("runs", "--format", "csv", "--output", bench.Path("new/runs.csv"), "--quiet");

        Assert.Equal(new Outcome(0, "", ""), result);
        Assert.Equal(7, File.ReadAllLines(bench.Path("new/runs.csv")).Length);
        Assert.Single(Directory.GetFiles(bench.Path("new")));
    }
}
