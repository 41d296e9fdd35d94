using System.Text.Json.Nodes;
using TokenLedger.Testing;

namespace TokenLedger.Cli.Tests;

/// <summary>What is explained is what was recorded, to the last digit.</summary>
public sealed class ExplainTests : IDisposable
{
    private static readonly string[] FigureNames =
        ["estimatedAiCredits", "billedAiCredits", "billedGrossUsd", "billedNetUsd"];

    private static readonly string[] Period = ["--from", "2026-10-01", "--to", "2026-10-04"];

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_run_has_the_artifacts_figures_in_every_slice_and_share()
    {
        var artifact = await RecordedAsync();

        foreach (var run in artifact["runs"]!.AsArray())
        {
            var root = await ExplainAsync($"{run!["repository"]}/runs/{run["runId"]}");
            Assert.Equal(Figures(run), Figures(root["figures"]!));
            Assert.Equal(
                run["models"]!.AsArray().Select(model => $"{model!["day"]} {model["model"]} {State((string)model["state"]!)} {Figures(model)}")
                    .Order(StringComparer.Ordinal),
                Nodes(root).Where(node => Kind(node) == "day")
                    .SelectMany(day => Children(day, "slice").Select(slice =>
                        $"{day["label"]} {Fact(slice, "model")} {State(Fact(slice, "state")!)} {Figures(slice["figures"]!)}"))
                    .Order(StringComparer.Ordinal));
            Assert.Equal(
                run["models"]!.AsArray().SelectMany(model => model!["shares"]!.AsArray())
                    .Select(share => $"{share!["chargeId"]} {Billed(share)} {share["lowAiCredits"]} {share["highAiCredits"]} "
                        + $"{share["method"]} {share["confidence"]} {string.Join(',', share["confidenceReasons"]!.AsArray())}")
                    .Order(StringComparer.Ordinal),
                Nodes(root).Where(node => Kind(node) == "share")
                    .Select(share => $"{Fact(share, "charge")} {Billed(share["figures"]!)} {Fact(share, "lowAiCredits")} "
                        + $"{Fact(share, "highAiCredits")} {Fact(share, "method")} {Fact(share, "confidence")} "
                        + string.Join(',', Children(share, "reason").Select(reason => Fact(reason, "code"))))
                    .Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_estimate_is_tokens_times_a_price_with_its_source()
    {
        await RecordedAsync();

        var price = Nodes(await ExplainAsync("acme/web#102")).First(node => Kind(node) == "price");

        Assert.Equal(
            decimal.Parse(Fact(price, "tokens")!, null) * decimal.Parse(Fact(price, "usdPerMillionTokens")!, null) / 10_000m,
            (decimal)price["figures"]!["estimatedAiCredits"]!);
        Assert.NotNull(Fact(price, "source"));
        Assert.NotNull(Fact(price, "sourceReadOn"));
    }

    [Fact]
    public async Task A_share_tells_its_line_its_method_and_each_reason_in_words()
    {
        var artifact = await RecordedAsync();

        var shares = Nodes(await ExplainAsync("acme/api/runs/101")).Where(node => Kind(node) == "share").ToList();

        Assert.NotEmpty(shares);
        Assert.All(shares, share =>
        {
            var line = Assert.Single(Children(share, "line"));
            var charge = artifact["charges"]!.AsArray().Single(row => (string)row!["id"]! == Fact(share, "charge"));
            Assert.Equal(Billed(charge!), Billed(line["figures"]!));
            Assert.Equal((string)charge!["sku"]!, Fact(line, "sku"));
            Assert.All(Children(share, "reason"), reason => Assert.EndsWith(".", (string)reason["label"]!));
            Assert.NotNull(Fact(share, "how"));
        });
    }

    [Fact]
    public async Task A_charge_is_its_shares_and_what_no_run_answers_for()
    {
        var artifact = await RecordedAsync();

        foreach (var charge in artifact["charges"]!.AsArray())
        {
            var root = await ExplainAsync((string)charge!["id"]!);
            Assert.Equal(Billed(charge), Billed(root["figures"]!));
            Assert.Equal((string)charge["view"]!, Fact(root, "view"));
            Assert.Equal((string)charge["role"]!, Fact(root, "role"));
            Assert.Equal(
                artifact["unallocated"]!.AsArray().Where(part => (string)part!["chargeId"]! == (string)charge["id"]!)
                    .Select(part => $"{part!["reason"]} {Billed(part)} {string.Join(',', part["runs"]!.AsArray())}"),
                Children(root, "unallocated").Select(part =>
                    $"{Fact(part, "reason")} {Billed(part["figures"]!)} "
                    + string.Join(',', Children(part, "attempt").Select(run => Fact(run, "run")))));
        }
    }

    [Fact]
    public async Task A_day_is_the_bill_of_each_account_and_its_charges()
    {
        var artifact = await RecordedAsync();

        foreach (var day in new[] { "2026-10-01", "2026-10-02" })
        {
            var root = await ExplainAsync(day, "--org", "acme");
            var account = Assert.Single(
                Children(root, "account"), node => Fact(node, "account") == "github:organization:acme");
            var charges = artifact["charges"]!.AsArray()
                .Where(charge => (string)charge!["day"]! == day && (string)charge["role"]! == "basis").ToList();
            Assert.Equal(
                charges.Sum(charge => (decimal)charge!["billedAiCredits"]!),
                (decimal)account["figures"]!["billedAiCredits"]!);
            Assert.Equal(
                charges.Select(charge => $"{charge!["id"]} {Billed(charge)}").Order(StringComparer.Ordinal),
                Children(account, "charge").Select(charge => $"{Fact(charge, "charge")} {Billed(charge["figures"]!)}")
                    .Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("acme/api")]
    [InlineData("ACME/Web")]
    public async Task A_repository_is_the_sum_of_its_runs(string repository)
    {
        var artifact = await RecordedAsync();

        var root = await ExplainAsync([repository, .. Period]);

        var runs = artifact["runs"]!.AsArray()
            .Where(run => string.Equals((string)run!["repository"]!, repository, StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in FigureNames.Where(name => name != "billedNetUsd"))
            Assert.Equal(runs.Sum(run => (decimal?)run![name] ?? 0), (decimal?)root["figures"]![name]);
        Assert.Equal(
            runs.Select(run => $"{run!["host"]}/{run["runId"]}/{run["attempt"]} {Figures(run)}").Order(StringComparer.Ordinal),
            Nodes(root).Where(node => Kind(node) == "attempt")
                .Select(run => $"{Fact(run, "run")} {Figures(run["figures"]!)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_workflow_is_the_sum_of_its_own_runs_alone()
    {
        var (artifact, config) = await DemoAsync();
        string[] period = ["--from", "2026-11-01", "--to", "2026-11-11", "--config", config];
        var workflows = artifact["runs"]!.AsArray()
            .Where(run => run!["workflowPath"] is not null)
            .GroupBy(run => $"{run!["repository"]}/{run["workflowPath"]}").ToList();

        foreach (var workflow in workflows)
        {
            var root = await ExplainAsync([workflow.Key, .. period]);
            Assert.Equal(
                workflow.Where(run => run!["models"]!.AsArray().Count > 0)
                    .Select(run => $"{run!["host"]}/{run["runId"]}/{run["attempt"]}").Order(StringComparer.Ordinal),
                Nodes(root).Where(node => Kind(node) == "attempt" && (bool)node["part"]!)
                    .Select(run => Fact(run, "run")!).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(
                workflow.Sum(run => (decimal?)run!["billedAiCredits"] ?? 0m), (decimal?)root["figures"]!["billedAiCredits"] ?? 0m);
            Assert.Equal(
                workflow.Sum(run => (decimal?)run!["estimatedAiCredits"] ?? 0m),
                (decimal?)root["figures"]!["estimatedAiCredits"] ?? 0m);
            Assert.All(Nodes(root), AssertSum);
        }

        Assert.True(workflows.Count > 2);
        Assert.Equal(2, (await bench.RunAsync(["explain", "acme/webshop/.github/workflows/none.lock.yml", .. period])).Code);
    }

    [Fact]
    public async Task Parts_add_up_to_their_node_everywhere()
    {
        var artifact = await RecordedAsync();
        string[][] subjects =
        [
            ["2026-10-01"], ["2026-10-02"], ["2026-10-03"], ["acme/api", .. Period], ["acme/web", .. Period],
            .. artifact["runs"]!.AsArray().Select(run => new[] { $"{run!["host"]}/{run["runId"]}/{run["attempt"]}" }),
            .. artifact["charges"]!.AsArray().Select(charge => new[] { (string)charge!["id"]! }),
        ];

        foreach (var subject in subjects)
            Assert.All(Nodes(await ExplainAsync(subject)), AssertSum);
    }

    [Fact]
    public async Task Every_run_and_day_of_the_demo_is_told_as_it_is_reconciled_and_adds_up()
    {
        var (artifact, config) = await DemoAsync();
        var runs = artifact["runs"]!.AsArray();

        foreach (var id in runs.Select(run => (long)run!["runId"]!).Distinct())
        {
            var root = await ExplainAsync($"github.com/{id}/1", "--config", config);
            Assert.All(Nodes(root), AssertSum);
            Assert.Equal(
                runs.Where(run => (long)run!["runId"]! == id).Select(run => $"{run!["attempt"]} {Figures(run)}"),
                Children(root, "attempt").Select(run => $"{Fact(run, "run")!.Split('/')[2]} {Figures(run["figures"]!)}"));
        }

        var billed = 0m;
        for (var day = new DateOnly(2026, 11, 1); day < new DateOnly(2026, 11, 11); day = day.AddDays(1))
        {
            var root = await ExplainAsync($"{day:yyyy-MM-dd}", "--config", config);
            Assert.All(Nodes(root), AssertSum);
            billed += (decimal?)root["figures"]!["billedAiCredits"] ?? 0m;
        }

        Assert.Equal((decimal)artifact["totals"]!["billedAiCredits"]!, billed);
        Assert.True(runs.Count > 40);
    }

    [Fact]
    public async Task What_is_not_recorded_says_so_and_what_to_run()
    {
        await bench.FillAsync();

        foreach (var subject in new[] { "acme/api/runs/101", "2026-10-01" })
        {
            var root = await ExplainAsync(subject);
            Assert.Null(root["figures"]!["billedAiCredits"]);
            Assert.Contains(Nodes(root), node =>
                Kind(node) == "note" && ((string)node["label"]!).Contains("tokenledger rebuild", StringComparison.Ordinal));
        }

        Assert.Contains(
            "billed unknown", (await bench.RunAsync("explain", "acme/api/runs/101")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_that_changed_since_is_told_beside_the_recorded_figures()
    {
        await RecordedAsync();
        var before = await ExplainAsync("2026-10-01");
        bench.Now = bench.Now.AddHours(1);
        bench.Write("bills/later.csv", Workbench.BillHeader
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,130,ai-credits,0.01,1.3,0.9,0.4,acme,acme/api,\n");
        Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Path("bills/later.csv"))).Code);

        var root = await ExplainAsync("2026-10-01");

        Assert.Equal(Figures(before["figures"]!), Figures(root["figures"]!));
        Assert.Contains(Nodes(root), node =>
            Kind(node) == "note" && ((string)node["label"]!).Contains("changed since", StringComparison.Ordinal));
        Assert.DoesNotContain(Nodes(before), node =>
            Kind(node) == "note" && ((string)node["label"]!).Contains("changed since", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("markdown")]
    public async Task A_hostile_name_is_harmless_in_every_format(string format)
    {
        bench.WriteRun(
            301, "acme/api", "2026-10-01", "=cmd|'/c calc'!A1 \u001b[2J<script>@everyone\u202e", "copilot", "claude-sonnet-5");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);

        var told = await bench.RunAsync("explain", "acme/api/runs/301", "--format", format);

        Assert.Equal(0, told.Code);
        Assert.DoesNotContain('\u001b', told.Out);
        Assert.DoesNotContain('\u202e', told.Out);
        if (format == "markdown")
            Assert.DoesNotContain("<script>", told.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", told.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("80")]
    public async Task A_tree_honours_the_width(string columns)
    {
        await RecordedAsync();
        bench.Variables["COLUMNS"] = columns;

        var told = await bench.RunAsync("explain", "acme/api/runs/101");

        Assert.All(told.Out.Split('\n'), line => Assert.True(line.Length <= int.Parse(columns, null), line));
        Assert.Contains("└─ ", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_a_row_for_each_node_and_a_file_holds_what_is_printed()
    {
        await RecordedAsync();

        var nodes = Nodes(await ExplainAsync("acme/api/runs/101")).Count();
        var csv = await bench.RunAsync("explain", "acme/api/runs/101", "--format", "csv");
        await bench.RunAsync("explain", "acme/api/runs/101", "--format", "csv", "--output", bench.Path("run.csv"));

        Assert.Equal(nodes + 1, csv.Out.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(csv.Out, await File.ReadAllTextAsync(bench.Path("run.csv"), Workbench.Token));
    }

    [Theory]
    [InlineData("acme/api/runs/101")]
    [InlineData("acme/api/actions/runs/101")]
    [InlineData("acme/api#101")]
    [InlineData("https://github.com/acme/api/actions/runs/101/attempts/1")]
    [InlineData("github.com/101/1")]
    [InlineData("101")]
    [InlineData("101", "--repo", "Acme/API")]
    public async Task A_run_may_be_named_in_each_way_that_people_have_it(params string[] subject)
    {
        await bench.FillAsync();

        Assert.Equal("101", Fact(await ExplainAsync(subject), "runId"));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("")]
    [InlineData("2026-13-01")]
    [InlineData("9999-12-31")]
    [InlineData("acme/api/runs/999")]
    [InlineData("acme/web/runs/101")]
    [InlineData("acme/web#101")]
    [InlineData("999999999999999999999")]
    [InlineData("101", "--repo", "acme/web")]
    [InlineData("101", "--repo", "acme")]
    [InlineData("acme/api", "--repo", "acme/api")]
    [InlineData("acme/nothing")]
    [InlineData("acme/api", "--from", "2026-10-04", "--to", "2026-10-04")]
    [InlineData("acme/api", "--to", "0001-01-05")]
    [InlineData("acme/api", "--org", "acme")]
    [InlineData("2026-10-01", "--from", "2026-10-04")]
    [InlineData("2026-10-01", "--org", "nobody")]
    [InlineData("2026-10-01", "--org", "acme", "--enterprise", "acme")]
    [InlineData("2020-01-01")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("acme/api/runs/101", "--host", "ghe.example.com")]
    public async Task Wrong_use_is_one_line_and_exit_2(params string[] arguments)
    {
        await bench.FillAsync();

        var outcome = await bench.RunAsync(["explain", .. arguments]);

        Assert.Equal(2, outcome.Code);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(outcome.Out);
    }

    private async Task<JsonNode> RecordedAsync()
    {
        await bench.FillAsync();
        await RebuildAsync();
        var reconciled = await bench.ReconcileAsync("--format", "json");
        Assert.Equal(0, reconciled.Code);
        return JsonNode.Parse(reconciled.Out)!;
    }

    private async Task<(JsonNode Artifact, string Config)> DemoAsync()
    {
        var samples = Path.Combine(RepositoryRoot.Path, "samples");
        var config = Path.Combine(samples, "tokenledger.json");
        await bench.RunAsync("ingest", Path.Combine(samples, "run-logs"), Path.Combine(samples, "run-logs", "logs.json"));
        await bench.RunAsync("import-billing", Path.Combine(samples, "bills", "ai-usage-2026-11-13.csv"), "--org", "acme");
        await bench.RunAsync("rebuild", "--config", config);
        return (JsonNode.Parse((await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", "2026-11-01", "--to", "2026-11-11", "--config", config, "--format", "json")).Out)!, config);
    }

    private async Task RebuildAsync() => Assert.Equal(0, (await bench.RunAsync("rebuild")).Code);

    private async Task<JsonNode> ExplainAsync(params string[] arguments)
    {
        var outcome = await bench.RunAsync(["explain", .. arguments, "--format", "json"]);
        Assert.True(outcome.Code == 0, outcome.Error);
        var document = JsonNode.Parse(outcome.Out)!;
        Assert.Equal("tokenledger/explanation/v1", (string)document["schema"]!);
        return document["root"]!;
    }

    private static void AssertSum(JsonNode node)
    {
        var parts = node["children"]!.AsArray().Where(child => (bool)child!["part"]!).ToList();
        foreach (var name in FigureNames)
        {
            var told = parts.Where(part => part!["figures"]!.AsObject().ContainsKey(name)).ToList();
            if (told.Count == 0)
                continue;
            var known = told.Where(part => part!["figures"]![name] is not null).ToList();
            var isUnknown = name == "billedNetUsd"
                ? told.Exists(part => part!["figures"]!["billedGrossUsd"] is not null && part["figures"]![name] is null)
                : known.Count == 0;
            Assert.Equal(
                isUnknown || known.Count == 0 ? null : known.Sum(part => (decimal)part!["figures"]![name]!),
                (decimal?)node["figures"]![name]);
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
        node["children"]!.AsArray().SelectMany(child => Nodes(child!)).Prepend(node);

    private static IEnumerable<JsonNode> Children(JsonNode node, string kind) =>
        node["children"]!.AsArray().Where(child => Kind(child!) == kind).Select(child => child!);

    private static string Kind(JsonNode node) => (string)node["kind"]!;

    // A run alone does not tell that its channel is billed on other days.
    private static string State(string state) => state.Split('(')[0];

    private static string? Fact(JsonNode node, string name) => (string?)node["facts"]![name];

    private static string Figures(JsonNode node) => string.Join(' ', FigureNames.Select(name => node[name]?.ToJsonString() ?? "null"));

    private static string Billed(JsonNode node) =>
        string.Join(' ', FigureNames.Skip(1).Select(name => node[name]?.ToJsonString() ?? "null"));
}
