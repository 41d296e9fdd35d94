using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub;

namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>Whoever types what the pages say gets what they say.</summary>
public sealed class DocumentedCommandTests : IAsyncLifetime
{
    /// <summary>Why a block is not run here; anything else is a block that should be.</summary>
    private static readonly string[] Reasons =
    [
        "needs Azure", "needs a browser", "needs the .NET SDK", "needs the storage emulator", "needs the running service",
        "asks GitHub itself", "runs until it is stopped", "changes the repository",
    ];

    private FakeGitHub github = null!;

    public static TheoryData<string> PagesWithCommands => [.. DocumentedPage.Names
        .Where(name => DocumentedPage.Read(name).Shell.Any(block => block.NotRunBecause is null))];

    public async ValueTask InitializeAsync()
    {
        // The built program goes by the real clock, so its GitHub does too.
        github = await FakeGitHub.StartAsync(Workbench.Token);
        github.Add("organizations/acme");
        var run = github.AddRepository("acme/webshop").AddRun(TimeProvider.System.GetUtcNow().AddHours(-3));
        run.AddArtifact("agent", ("token-usage.jsonl", string.Create(CultureInfo.InvariantCulture, $$"""
            {"timestamp":"{{run.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}}","request_id":"r-1","provider":"copilot","model":"claude-sonnet-5","status":200,"input_tokens":1000,"output_tokens":100}

            """)));
    }

    public async ValueTask DisposeAsync() => await github.DisposeAsync();

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public async Task The_commands_of_a_page_can_be_typed_from_top_to_bottom(string page)
    {
        using var shell = new DocumentedShell(github);
        var problem = await RunAsync(shell, page);
        Assert.True(problem is null, problem);
    }

    [Fact]
    public void A_block_that_is_not_run_says_why_and_the_reason_is_a_known_one() => Assert.All(
        DocumentedPage.Names.SelectMany(name => DocumentedPage.Read(name).Shell)
            .Where(block => block.NotRunBecause is not null),
        block => Assert.Contains(block.NotRunBecause, Reasons));

    [Fact]
    public void Every_page_for_users_has_a_command_that_is_run() => Assert.Equal(
        [
            "README.md", "docs/alerts.md", "docs/budgets.md", "docs/cost-management.md", "docs/credentials.md",
            "docs/github-app.md",
            "docs/operating.md", "docs/rebuild.md", "docs/service.md", "docs/upgrade.md",
        ],
        PagesWithCommands.Select(row => row.Data));

    [Fact]
    public async Task What_the_page_on_rebuilding_says_comes_back_does()
    {
        using var shell = new DocumentedShell(github);
        var problem = await RunAsync(shell, "docs/rebuild.md");
        Assert.True(problem is null, problem);
        var (before, after) = (Artifact(shell, "old/reconciliation.json"), Artifact(shell, "new.json"));
        string[] figures = ["billedAiCredits", "billedGrossUsd", "billedNetUsd", "allocatedAiCredits", "unallocatedAiCredits"];
        Assert.All(figures, figure => Assert.Equal(
            before["totals"]![figure]!.ToJsonString(), after["totals"]![figure]!.ToJsonString()));
        Assert.Equal(Shares(before), Shares(after));
        Assert.Contains(Statuses(before), status => status == "settled");
        Assert.Equal(Statuses(before), Statuses(after));
    }

    [Fact]
    public void What_other_pages_show_of_the_demo_is_what_the_readme_shows()
    {
        var demo = DocumentedPage.Read("README.md").TextBlocks.Single();
        var shown = DocumentedPage.Names.Where(name => name != "README.md")
            .SelectMany(name => DocumentedPage.Read(name).TextBlocks).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(block, demo, StringComparison.Ordinal));
    }

    private static Task<string?> RunAsync(DocumentedShell shell, string page) => shell.RunAsync(
        [.. DocumentedPage.Read(page).Shell.Where(block => block.NotRunBecause is null)], Workbench.Token);

    private static JsonNode Artifact(DocumentedShell shell, string name) =>
        JsonNode.Parse(File.ReadAllText(shell.Path(name)))!;

    private static IEnumerable<string> Shares(JsonNode artifact) => artifact["runs"]!.AsArray()
        .Select(run => $"{run!["runId"]}/{run["attempt"]}: {run["estimatedAiCredits"]?.ToJsonString()} "
            + $"{run["billedAiCredits"]?.ToJsonString()} {run["billedNetUsd"]?.ToJsonString()}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string?> Statuses(JsonNode artifact) =>
        artifact["settlement"]!.AsArray().Select(day => (string?)day!["status"]);
}
