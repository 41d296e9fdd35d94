using System.Globalization;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class RunQuestionsTests : IAsyncLifetime
{
    private GitHubWorld world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Strange() =>
    [
        "", "<html>", "[]", "7", "null", "\"text\"", "{", "{}", """{"workflow_runs":{}}""", """{"artifacts":7}""",
        """{"jobs":null}""", """{"id":"\ud800"}""", """{"total_count":1,"\ud800":[]}""",
        new string('[', 200),
    ];

    public async ValueTask InitializeAsync() => world = await GitHubWorld.StartAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_run_is_its_last_attempt_unless_another_is_named()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start.AddHours(-3), "failure");
        run.Rerun(GitHubWorld.Start.AddHours(-1), conclusion: null).TriggeringActor = "hubot";
        run.PullRequests = [42];

        var latest = (await world.WithToken().FindRunAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, null, Token)).Value!;
        var first = (await world.WithToken().FindRunAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, 1, Token)).Value!;

        Assert.Equal((2, false, "hubot"), (latest.Facts.Run.Attempt, latest.IsFinished, latest.Facts.TriggeringActor));
        Assert.Equal((1, true, "failure"), (first.Facts.Run.Attempt, first.IsFinished, first.Facts.Conclusion));
        Assert.Equal(GitHubWorld.Start.AddHours(-1), latest.Facts.StartedAt);
        Assert.Equal(GitHubWorld.Start.AddHours(-3), latest.CreatedAt);
        Assert.Equal(
            ("github.com", "acme/webshop", run.Repository.Id, 42),
            (first.Facts.Run.Host, first.Facts.Run.Repository, first.Facts.Run.RepositoryId, first.Facts.PullRequest));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        var source = world.WithToken();

        var noRun = await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token);
        var noAttempt = await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), run.Id, 9, Token);
        var noRepository = await source.FindRunAsync(GitHubWorld.Access("acme/nothing"), run.Id, null, Token);

        Assert.All([noRun, noAttempt, noRepository], answer => Assert.Equal("not-found", answer.Refusal!.Code));
        Assert.Contains("acme/nothing", noRepository.Refusal!.Message);
    }

    [Fact]
    public async Task Runs_of_a_period_come_in_pages_newest_first_and_both_ends_count()
    {
        var repository = world.GitHub.AddRepository("acme/webshop");
        for (var minute = 0; minute < 250; minute++)
            repository.AddRun(GitHubWorld.Start.AddMinutes(minute));
        var (from, to) = (GitHubWorld.Start.AddMinutes(10), GitHubWorld.Start.AddMinutes(230));

        var starts = new List<DateTimeOffset>();
        var counts = new List<int>();
        for (var page = 1; page <= 4; page++)
        {
            var answer = (await world.WithToken().ListRunsAsync(
                GitHubWorld.Access("acme/webshop"), from, to, page, Token)).Value!;
            Assert.Equal(221, answer.TotalCount);
            counts.Add(answer.Count);
            starts.AddRange(answer.Runs.Select(run => run.CreatedAt));
        }

        Assert.Equal([100, 100, 21, 0], counts);
        Assert.Equal((to, from), (starts[0], starts[^1]));
        Assert.Equal(starts.OrderDescending(), starts);
    }

    [Fact]
    public async Task Of_a_crowded_period_GitHub_shows_a_thousand_and_counts_all()
    {
        var repository = world.GitHub.AddRepository("acme/webshop");
        for (var second = 0; second < 1_050; second++)
            repository.AddRun(GitHubWorld.Start.AddSeconds(second));
        var source = world.WithToken();

        var last = await source.ListRunsAsync(
            GitHubWorld.Access("acme/webshop"), GitHubWorld.Start, GitHubWorld.Start.AddHours(1), 10, Token);
        var beyond = await source.ListRunsAsync(
            GitHubWorld.Access("acme/webshop"), GitHubWorld.Start, GitHubWorld.Start.AddHours(1), 11, Token);

        Assert.Equal((100, 1_050), (last.Value!.Count, last.Value.TotalCount));
        Assert.Equal((0, 1_050), (beyond.Value!.Count, beyond.Value.TotalCount));
    }

    [Fact]
    public async Task Artifacts_of_all_attempts_come_in_pages_with_names_as_they_are()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        string[] hostile = ["../../etc/passwd", "a/b", "100%2F", "agent \u202etxt.exe", "日本", "", "\u0001"];
        foreach (var name in hostile)
            run.AddArtifact(name, ("aw_info.json", "{}"));
        run.Artifacts[1].Expire();
        for (var number = 0; number < 100; number++)
            run.AddZip(number.ToString(CultureInfo.InvariantCulture), [1, 2, 3]);

        var first = (await world.WithToken().ListArtifactsAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, 1, Token)).Value!;
        var second = (await world.WithToken().ListArtifactsAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, 2, Token)).Value!;

        // One without a name is counted and left out.
        Assert.Equal((100, 7, 107, 107), (first.Count, second.Count, first.TotalCount, second.TotalCount));
        Assert.Equal(hostile.Where(name => name.Length > 0), first.Artifacts.Take(6).Select(artifact => artifact.Name));
        Assert.Equal([false, true, false], first.Artifacts.Take(3).Select(artifact => artifact.IsExpired));
        Assert.Equal(3, second.Artifacts[^1].LengthBytes);
        Assert.Equal(run.Latest.UpdatedAt, second.Artifacts[^1].CreatedAt);
    }

    [Fact]
    public async Task Minutes_are_those_of_the_attempts_jobs()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        run.Latest.AddJob("agent", TimeSpan.FromSeconds(61)).AddJob("skipped", null).AddJob("safe outputs", TimeSpan.FromSeconds(5));
        run.Rerun(GitHubWorld.Start.AddHours(1)).AddJob("agent", TimeSpan.FromMinutes(30));

        var page = (await world.WithToken().ListJobsAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, 1, 1, Token)).Value!;

        Assert.Equal((3, 3, 3), (page.Minutes, page.Count, page.TotalCount));
    }

    [Fact]
    public async Task A_renamed_repository_is_followed()
    {
        var repository = world.GitHub.AddRepository("acme/webshop");
        var run = repository.AddRun(GitHubWorld.Start);
        var artifact = run.AddArtifact("usage", ("agent/token_usage.jsonl", "{}"));
        world.GitHub.App.Install("acme");
        repository.Rename("acme/shop");
        var before = GitHubWorld.Access("acme/webshop");

        var found = await world.WithApp().FindRunAsync(before, run.Id, null, Token);
        var listed = await world.WithApp().ListRunsAsync(before, GitHubWorld.Start, GitHubWorld.Start, 1, Token);
        var target = new MemoryStream();
        var refusal = await world.WithApp().DownloadArtifactAsync(before, artifact.Id, target, 10_000, Token);

        Assert.Equal("acme/shop", found.Value!.Facts.Run.Repository);
        Assert.Single(listed.Value!.Runs);
        Assert.Null(refusal);
        Assert.Equal(artifact.Zip, target.ToArray());
    }

    [Fact]
    public async Task A_move_without_end_is_given_up()
    {
        world.GitHub.Misbehave(new ProviderFault { Status = 301, Body = "{}", Headers = { ["Location"] = "/again" } });

        var answer = await world.WithToken().FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token);

        Assert.Equal("rejected", answer.Refusal!.Code);
        Assert.Equal(3, world.GitHub.Requests.Count);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("//[")]
    [InlineData("http://[x")]
    [InlineData("")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://192.0.2.1/")]
    public async Task A_move_to_nowhere_is_refused(string location)
    {
        world.GitHub.Misbehave(new ProviderFault { Status = 302, Body = "{}", Headers = { ["Location"] = location } });
        var source = world.WithToken();

        var answer = await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token);
        var refusal = await source.DownloadArtifactAsync(
            GitHubWorld.Access("acme/webshop"), 1, new MemoryStream(), 10_000, Token);

        Assert.Equal(("rejected", "rejected"), (answer.Refusal!.Code, refusal!.Code));
    }

    [Fact]
    public async Task A_move_to_another_server_is_not_followed_and_no_token_goes_there()
    {
        world.GitHub.Misbehave(new ProviderFault
        {
            Status = 307,
            Body = "{}",
            Headers = { ["Location"] = world.GitHub.Downloads.Url.AbsoluteUri },
        });
        var app = world.GitHub.App.Install("acme", world.GitHub.AddRepository("acme/webshop"));

        var byToken = await world.WithToken().FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token);
        var byApp = await world.WithApp().FindRunAsync(GitHubWorld.Access("acme/webshop", app.Id), 1, null, Token);

        Assert.Equal(("rejected", "rejected"), (byToken.Refusal!.Code, byApp.Refusal!.Code));
        Assert.Empty(world.GitHub.Downloads.Requests);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../../app")]
    [InlineData("%2e%2e")]
    [InlineData("100%")]
    [InlineData("a?b#c")]
    [InlineData("webshöp 日本")]
    [InlineData("a\r\nb")]
    public async Task A_hostile_name_is_one_segment(string name)
    {
        var answer = await world.WithToken().FindRunAsync(
            GitHubWorld.Access("acme/x") with { Name = name }, 7, null, Token);

        Assert.Equal("not-found", answer.Refusal!.Code);
        var request = Assert.Single(world.GitHub.Requests);
        Assert.Matches("^/repos/acme/[^/?#]+/actions/runs/7$", request.Target);
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task A_body_of_another_form_is_malformed(string body)
    {
        world.GitHub.Misbehave(new ProviderFault { Body = body });
        var source = world.WithToken();
        var repository = GitHubWorld.Access("acme/webshop");

        string?[] codes =
        [
            (await source.FindRunAsync(repository, 1, null, Token)).Refusal?.Code,
            (await source.ListRunsAsync(repository, GitHubWorld.Start, GitHubWorld.Start, 1, Token)).Refusal?.Code,
            (await source.ListArtifactsAsync(repository, 1, 1, Token)).Refusal?.Code,
            (await source.ListJobsAsync(repository, 1, 1, 1, Token)).Refusal?.Code,
        ];

        Assert.All(codes, code => Assert.Equal("malformed", code));
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_counted_and_the_others_are_told()
    {
        world.GitHub.Misbehave(new ProviderFault
        {
            Body = """{"total_count":3,"artifacts":[{"id":"x"},{"id":7,"name":"usage"},7]}""",
        });

        var page = (await world.WithToken().ListArtifactsAsync(
            GitHubWorld.Access("acme/webshop"), 1, 1, Token)).Value!;

        Assert.Equal(7, Assert.Single(page.Artifacts).Id);
        Assert.Equal(3, page.TotalCount);
    }

    [Theory]
    [InlineData(401, "unauthorized")]
    [InlineData(403, "forbidden")]
    [InlineData(404, "not-found")]
    [InlineData(410, "gone")]
    [InlineData(422, "rejected")]
    [InlineData(500, "unavailable")]
    [InlineData(502, "unavailable")]
    public async Task No_refusal_holds_a_secret(int status, string code)
    {
        var installation = world.GitHub.App.Install("acme", world.GitHub.AddRepository("acme/webshop"));
        var source = world.WithApp();
        await source.FindRunAsync(GitHubWorld.Access("acme/webshop", installation.Id), 1, null, Token);
        var secret = world.GitHub.App.LastToken;
        world.GitHub.Misbehave(new ProviderFault
        {
            Status = status,
            Body = secret,
            Headers = { ["X-OAuth-Scopes"] = secret, ["X-Accepted-GitHub-Permissions"] = secret },
        });

        var answer = await source.FindRunAsync(GitHubWorld.Access("acme/webshop", installation.Id), 1, null, Token);

        Assert.Equal(code, answer.Refusal!.Code);
        Assert.DoesNotContain(secret, answer.Refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_hosts_repository_is_not_asked_for_and_the_message_says_where_it_could_be()
    {
        var source = world.SourceOf(world.AppOnly with { ApiUrl = new Uri("https://api.octo.ghe.com/") });

        var refusal = (await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token)).Refusal!;

        Assert.Equal("no-credential", refusal.Code);
        Assert.Contains("github.com", refusal.Message);
        Assert.Empty(world.GitHub.Requests);
    }

    [Fact]
    public async Task Without_App_and_token_nothing_is_asked()
    {
        var source = world.SourceOf(new() { ApiUrl = world.GitHub.Url });

        var refusal = (await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token)).Refusal!;

        Assert.False(source.IsConfigured);
        Assert.Equal("no-credential", refusal.Code);
        Assert.Empty(world.GitHub.Requests);
    }
}
