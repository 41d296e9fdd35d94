using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TokenLedger.Cli.Tests.Documentation;
using TokenLedger.Testing;
using TokenLedger.Testing.Schemas;

namespace TokenLedger.Cli.Tests;

/// <summary>The README's first command, as a newcomer runs it: on the samples that lie beside the program.</summary>
public sealed partial class BundledDemoTests : IDisposable
{
    private const string Start = "<!-- demo:start -->";
    private const string End = "<!-- demo:end -->";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-demo-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Set TOKENLEDGER_REFRESH=1 to write the README's block instead of comparing it.</summary>
    [Fact]
    public async Task The_readme_shows_what_the_demo_prints()
    {
        var demo = await DemoAsync();
        Assert.Equal(0, demo.Code);
        var block = $"{Start}\n```text\n{string.Join('\n', demo.Out.Split('\n').Select(line => line.TrimEnd())).Trim('\n')}\n```\n{End}";
        var path = Path.Combine(RepositoryRoot.Path, "README.md");
        var readme = await File.ReadAllTextAsync(path, Workbench.Token);
        var (from, to) = (readme.IndexOf(Start, StringComparison.Ordinal), readme.IndexOf(End, StringComparison.Ordinal) + End.Length);
        if (Environment.GetEnvironmentVariable("TOKENLEDGER_REFRESH") == "1")
        {
            readme = readme[..from] + block + readme[to..];
            await File.WriteAllTextAsync(path, readme, Workbench.Token);
            to = readme.IndexOf(End, StringComparison.Ordinal) + End.Length;
        }

        Assert.Equal(block, readme[from..to]);
    }

    [Fact]
    public async Task The_figures_of_the_page_on_cost_are_those_of_the_demo()
    {
        var demo = await DemoAsync();
        var artifact = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "reconciliation.json"), Workbench.Token);
        var known = Figure().Matches(artifact)
            .Select(match => decimal.Parse(match.Value, CultureInfo.InvariantCulture).ToString("N3", CultureInfo.InvariantCulture))
            .ToHashSet(StringComparer.Ordinal);
        var shown = FigureShown().Matches(DocumentedPage.Read("docs/cost-management.md").Prose)
            .Select(match => match.Value).Distinct().ToList();
        Assert.True(shown.Count >= 9);
        Assert.All(shown, figure => Assert.True(
            known.Contains(figure) || demo.Out.Contains(figure, StringComparison.Ordinal), figure));
    }

    [Fact]
    public async Task The_demo_shows_every_kind_of_known_and_unknown()
    {
        var demo = await DemoAsync();
        var artifact = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "reconciliation.json"), Workbench.Token))!;
        var runs = artifact["runs"]!.AsArray();
        var models = runs.SelectMany(run => run!["models"]!.AsArray()).Select(model => model!).ToList();
        var shares = models.SelectMany(model => model["shares"]!.AsArray()).Select(share => share!).ToList();

        Assert.True(runs.Count >= 40);
        Assert.Equal(4, runs.Select(run => (string?)run!["workflowName"]).Distinct().Count());
        Assert.Contains(runs, run => (int)run!["attempt"]! == 2);
        Assert.Contains(runs, run => run!["models"]!.AsArray().Count == 0);
        Assert.Contains(models, model => (string?)model["phase"] == "detection");
        Assert.Contains(models, model => (string?)model["purpose"] == "routing");
        Assert.Contains(models, model => (string?)model["channel"] == "anthropic" && (string?)model["state"] == "estimated(no-bill-source)");
        Assert.Contains(models, model => (string?)model["model"] == "nova-2-preview" && model["estimatedAiCredits"] is null);
        Assert.Contains(models, model => (string?)model["day"] == "2026-11-10" && model["billedAiCredits"] is null);
        Assert.Equal(
            ["by-tokens", "matched", "pro-rata"],
            shares.Select(share => (string?)share["method"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["no-telemetry", "not-agent-usage", "other-usage"],
            artifact["unallocated"]!.AsArray().Select(part => (string?)part!["reason"]).Where(reason => reason != "no-job-minutes").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["estimated", "provisional", "settled"],
            artifact["settlement"]!.AsArray().Select(day => (string?)day!["status"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("TL0103", demo.Out);
        Assert.DoesNotContain(
            artifact["warnings"]!.AsArray(), warning => (string?)warning!["code"] == "views-disagree");
        Assert.Equal(0, (await InvokeAsync("verify", Path.Combine(folder.FullName, "reconciliation.json"))).Code);
        using var schema = JsonDocument.Parse((await InvokeAsync("schema")).Out);
        using var document = JsonDocument.Parse(artifact.ToJsonString());
        Assert.Empty(new SchemaSubset(schema.RootElement).Validate(document.RootElement));
    }

    private Task<Outcome> DemoAsync() => InvokeAsync("demo", "--output", folder.FullName);

    private static async Task<Outcome> InvokeAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment
        {
            Variables = new Dictionary<string, string>(),
            SamplesFolder = Path.Combine(AppContext.BaseDirectory, "samples"),
        };
        var code = await CliApplication.InvokeAsync(args, output, error, TimeProvider.System, environment, Workbench.Token);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    [GeneratedRegex(@"-?[0-9]+(\.[0-9]+)?", RegexOptions.None, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"(?<![0-9.,])[0-9][0-9,]*\.[0-9]{3}(?![0-9])", RegexOptions.None, 1000)]
    private static partial Regex FigureShown();
}
