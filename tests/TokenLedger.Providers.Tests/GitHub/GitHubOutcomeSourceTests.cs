using System.Text.Json.Nodes;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class GitHubOutcomeSourceTests : IAsyncLifetime
{
    private GitHubWorld world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GitHubConfiguration WithToken =>
        new() { ApiUrl = world.GitHub.Url, Token = new Secret(world.GitHub.Token) };

    public async ValueTask InitializeAsync() => world = await GitHubWorld.StartAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData(WorkKind.PullRequest)]
    [InlineData(null)]
    public async Task A_pull_request_is_read_whether_or_not_its_kind_is_known(WorkKind? kind)
    {
        world.GitHub.AddRepository("acme/webshop").Items[12] = (true, Pull(12));

        var told = (await world.OutcomesOf(WithToken).FindAsync(
            GitHubWorld.Access("acme/webshop"), 12, kind, Token)).Value!;

        var snapshot = Assert.IsType<OutcomeSnapshot>(Assert.Single(told.Facts).Fact);
        Assert.Equal((WorkKind.PullRequest, 5L, "alice"), (snapshot.Kind, snapshot.Additions, snapshot.MergedBy));
    }

    [Fact]
    public async Task An_App_that_may_not_read_pull_requests_is_refused_and_still_reads_runs()
    {
        var repository = world.GitHub.AddRepository("acme/webshop");
        repository.Items[12] = (true, Pull(12));
        var run = repository.AddRun(GitHubWorld.Start);
        var installation = world.GitHub.App.Install("acme");
        installation.Permissions.Remove("pull_requests");

        var refused = await world.OutcomesOf(world.AppOnly).FindAsync(
            GitHubWorld.Access("acme/webshop"), 12, WorkKind.PullRequest, Token);

        Assert.Equal(ProviderRefusal.Rejected, refused.Refusal!.Code);
        Assert.NotNull((await world.WithApp().FindRunAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, null, Token)).Value);

        installation.Permissions["pull_requests"] = installation.Permissions["issues"] = "read";
        Assert.NotNull((await world.OutcomesOf(world.AppOnly).FindAsync(
            GitHubWorld.Access("acme/webshop"), 12, WorkKind.PullRequest, Token)).Value);
    }

    [Fact]
    public async Task Outcomes_of_links_are_fetched_and_what_is_merged_is_asked_for_once()
    {
        var repository = world.GitHub.AddRepository("acme/webshop");
        repository.Items[12] = (true, Pull(12));
        var (archive, records) = (new InMemoryOutcomeArchive(), new InMemoryRecords());
        var fetch = new FetchOutcomes(world.OutcomesOf(WithToken), archive, records);
        var twelve = WorkSubject.Of("github.com", "acme/webshop", 12);
        var key = new RunKey("github.com", 7, 1);
        var work = new PeriodWork(
            new Dictionary<RunKey, RunWork>
            {
                [key] = new(
                    key,
                    [
                        new(twelve, WorkKind.PullRequest, WorkRelation.Created, WorkSource.SafeOutputs),
                        new(twelve with { Number = 99 }, null, WorkRelation.Commented, WorkSource.SafeOutputs),
                    ],
                    null, []),
            },
            new Dictionary<WorkSubject, Outcome>());

        var first = await fetch.ExecuteAsync(work, Token);

        Assert.Equal(1, first.Stored);
        Assert.Equal(ProviderRefusal.NotFound, Assert.Single(first.Refusals).Refusal.Code);
        var row = await records.ReadAsync(OutcomeTables.Outcomes, null, null, Token).SingleAsync(Token);
        Assert.Equal("merged", row.Row.Text("state"));

        var outcome = OutcomeFold.Of(twelve, await archive.ReadAsync(
            await archive.ReadPlacesAsync(Token).SingleAsync(Token), Token))!;
        repository.Items.Clear();
        var again = await fetch.ExecuteAsync(
            work with { Outcomes = new Dictionary<WorkSubject, Outcome> { [twelve] = outcome } }, Token);
        Assert.Equal((0, 99L), (again.Stored, Assert.Single(again.Refusals).Subject.Number));
    }

    private static JsonObject Pull(long number) => new()
    {
        ["number"] = number, ["state"] = "closed", ["title"] = "Fix",
        ["html_url"] = $"https://github.com/acme/webshop/pull/{number}",
        ["user"] = new JsonObject { ["login"] = "copilot[bot]", ["type"] = "Bot" },
        ["created_at"] = "2026-11-18T10:00:00Z", ["updated_at"] = "2026-11-18T12:00:00Z",
        ["closed_at"] = "2026-11-18T12:00:00Z", ["merged_at"] = "2026-11-18T12:00:00Z",
        ["merged_by"] = new JsonObject { ["login"] = "alice" }, ["additions"] = 5, ["deletions"] = 1,
        ["head"] = new JsonObject { ["ref"] = "copilot/fix" }, ["base"] = new JsonObject(),
    };
}
