using System.Globalization;
using System.Text.Json;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Cli.Tests;

public sealed class CollectTests : IAsyncLifetime
{
    private readonly Workbench bench = new();
    private FakeGitHub github = null!;

    private DateTimeOffset Now => bench.Now;

    public async ValueTask InitializeAsync()
    {
        github = await FakeGitHub.StartAsync(Workbench.Token, new TestClock(Now));
        bench.Variables["TokenLedger__GitHub__ApiUrl"] = github.Url.AbsoluteUri;
        bench.Variables["TokenLedger__GitHub__Token"] = github.Token;
    }

    public async ValueTask DisposeAsync()
    {
        await github.DisposeAsync();
        bench.Dispose();
    }

    private FakeRun AddRun(FakeRepository repository, double hoursAgo, bool hasTelemetry = true)
    {
        var run = repository.AddRun(Now.AddHours(-hoursAgo));
        if (hasTelemetry)
        {
            run.AddArtifact("agent", ("token-usage.jsonl", string.Create(CultureInfo.InvariantCulture, $$"""
                {"timestamp":"{{run.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}}","request_id":"r-{{run.Id}}","provider":"copilot","model":"claude-sonnet-5","status":200,"input_tokens":1000,"output_tokens":100}

                """)));
        }

        return run;
    }

    private static JsonElement Rows(Outcome outcome) => JsonDocument.Parse(outcome.Out).RootElement.Clone();

    [Fact]
    public async Task The_runs_of_a_repository_are_collected_and_shown()
    {
        var repository = github.AddRepository("acme/api");
        AddRun(repository, 30);
        AddRun(repository, 20);
        AddRun(repository, 10, hasTelemetry: false);
        AddRun(repository, 9).Artifacts[0].Expire();
        AddRun(repository, 8).WorkflowPath = ".github/workflows/ci.yml";
        repository.AddRun(Now.AddMinutes(-20), conclusion: null);
        AddRun(repository, 24 * 40);
        var outcome = await bench.RunAsync("collect", "--repo", "acme/api", "--since", "2026-10-01");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("acme/api", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("have not ended", outcome.Out, StringComparison.Ordinal);
        var again = await bench.RunAsync(
            "collect", "--repo", "acme/api", "--since", "2026-10-01", "--format", "json");
        Assert.Equal(0, again.Code);
        Assert.Contains("\"tokenledger/collect/v1\"", again.Out, StringComparison.Ordinal);
        var row = Rows(again).GetProperty("rows")[0];
        Assert.Equal(
            (4, 4, 2, 1, 1, 0, 1),
            (Number("runs"), Number("known"), Number("collected"), Number("withoutTelemetry"), Number("expired"),
                Number("refused"), Number("unfinished")));
        var runs = await bench.RunAsync("runs", "--format", "csv");
        Assert.Equal(5, runs.Out.Trim().Split('\n').Length);

        int Number(string name) => row.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Nothing_that_is_known_is_asked_for_again()
    {
        var repository = github.AddRepository("acme/api");
        AddRun(repository, 30);
        await bench.RunAsync("collect", "--repo", "acme/api", "--since", "2026-10-01");
        var before = github.Requests.Count;
        await bench.RunAsync("collect", "--repo", "acme/api", "--since", "2026-10-01");
        Assert.Equal(1, github.Requests.Count - before);
    }

    [Fact]
    public async Task All_repositories_of_an_organisation_are_collected()
    {
        AddRun(github.AddRepository("acme/api"), 30);
        AddRun(github.AddRepository("acme/web"), 30);
        github.AddRepository("acme/empty");
        AddRun(github.AddRepository("other/web"), 30);
        var outcome = await bench.RunAsync("collect", "--org", "acme", "--since", "2026-10-01");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("acme/web", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Total", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("without an agent run in the period: 1", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("other", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_named_and_the_exit_code_says_so()
    {
        var outcome = await bench.RunAsync("collect", "--repo", "acme/none", "--since", "2026-10-01");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("acme/none", Assert.Single(outcome.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    [Theory]
    [InlineData(403, 2)]
    [InlineData(401, 2)]
    public async Task A_scope_that_is_refused_whole_ends_alike_however_it_is_named(int status, int code)
    {
        AddRun(github.AddRepository("acme/api"), 30);
        github.Misbehave(new ProviderFault { Path = "/actions/runs", Status = status, Body = "{}" });
        Assert.Equal(code, (await bench.RunAsync("collect", "--repo", "acme/api", "--since", "2026-10-01")).Code);
        Assert.Equal(code, (await bench.RunAsync("collect", "--org", "acme", "--since", "2026-10-01")).Code);
    }

    [Fact]
    public async Task A_repository_that_is_refused_in_a_scope_that_works_is_a_part_that_is_missing()
    {
        AddRun(github.AddRepository("acme/api"), 30);
        AddRun(github.AddRepository("acme/web"), 30);
        github.Misbehave(new ProviderFault { Path = "/acme/api/actions/runs", Status = 403, Body = "{}" });
        var outcome = await bench.RunAsync("collect", "--org", "acme", "--since", "2026-10-01");
        Assert.Equal(3, outcome.Code);
        Assert.Contains("acme/web", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artifact_that_never_comes_leaves_the_other_runs_collected()
    {
        var repository = github.AddRepository("acme/api");
        AddRun(repository, 30);
        // The newest is collected first.
        AddRun(repository, 20).AddArtifact("usage", ("notes.txt", "nothing"));
        var broken = repository.Runs[^1].Artifacts[^1];
        github.Misbehave(new ProviderFault { Path = $"/artifacts/{broken.Id}/zip", Status = 422, Body = "{}" });
        var outcome = await bench.RunAsync(
            "collect", "--repo", "acme/api", "--since", "2026-10-01", "--format", "json");
        Assert.Equal(3, outcome.Code);
        var row = Rows(outcome).GetProperty("rows")[0];
        Assert.Equal(
            (2, 1, 1),
            (row.GetProperty("runs").GetInt32(), row.GetProperty("collected").GetInt32(),
                row.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_a_wrong_configuration()
    {
        bench.Variables["TokenLedger__GitHub__Token"] = "ghp_wrong";
        var outcome = await bench.RunAsync("collect", "--org", "acme", "--since", "2026-10-01");
        Assert.Equal(2, outcome.Code);
        Assert.DoesNotContain("ghp_wrong", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anything_to_ask_with_one_line_says_what_to_set()
    {
        bench.Variables.Remove("TokenLedger__GitHub__Token");
        var outcome = await bench.RunAsync("collect", "--org", "acme", "--since", "2026-10-01");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("TokenLedger__GitHub__Token", Assert.Single(outcome.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData("--since", "2026-10-01")]
    [InlineData("--org", "acme", "--repo", "acme/api", "--since", "2026-10-01")]
    [InlineData("--repo", "acme", "--since", "2026-10-01")]
    [InlineData("--repo", "acme/", "--since", "2026-10-01")]
    [InlineData("--repo", "acme/a/b", "--since", "2026-10-01")]
    [InlineData("--org", "ac/me", "--since", "2026-10-01")]
    [InlineData("--org", "acme")]
    [InlineData("--org", "acme", "--since", "2026-10-13")]
    [InlineData("--org", "acme", "--since", "yesterday")]
    [InlineData("--org", "acme", "--since", "2026-10-01", "--until", "2026-10-01")]
    [InlineData("--org", "acme", "--since", "2026-10-01", "--until", "2026-10-15")]
    public async Task Wrong_usage_is_one_clear_line_and_asks_nothing(params string[] args)
    {
        var outcome = await bench.RunAsync(["collect", .. args]);
        Assert.Equal(2, outcome.Code);
        Assert.NotEmpty(outcome.Error);
        Assert.Empty(github.Requests);
    }
}
