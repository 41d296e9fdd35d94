using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class RateLimitTests : IAsyncLifetime
{
    private GitHubWorld world = null!;
    private FakeRun run = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await GitHubWorld.StartAsync();
        run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task After_the_last_request_allowed_none_goes_out_until_the_reset()
    {
        world.GitHub.LimitTo(5, TimeSpan.FromHours(1));
        var source = world.WithToken();

        for (var number = 0; number < 5; number++)
            Assert.Null(await AskAsync(source));
        world.Clock.Now = GitHubWorld.Start.AddMinutes(20);
        var refusal = await AskAsync(source);

        Assert.Equal("rate-limited", refusal);
        Assert.Equal((5, 0), (world.GitHub.Requests.Count, world.GitHub.Limits.Refused));
        world.Clock.Now = GitHubWorld.Start.AddHours(1);
        Assert.Null(await AskAsync(source));
        Assert.Equal(6, world.GitHub.Requests.Count);
    }

    [Fact]
    public async Task The_wait_is_until_the_reset()
    {
        world.GitHub.LimitTo(1, TimeSpan.FromHours(1));
        var source = world.WithToken();
        await AskAsync(source);
        world.Clock.Now = GitHubWorld.Start.AddMinutes(20);

        var refusal = (await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), run.Id, null, Token)).Refusal!;

        Assert.Equal(TimeSpan.FromMinutes(40), refusal.RetryAfter);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_budget_that_others_used_up_is_refused_once_and_then_not_asked_for(int status)
    {
        world.GitHub.LimitTo(0, TimeSpan.FromHours(1));
        world.GitHub.Limits.Status = status;
        var source = world.WithToken();

        for (var number = 0; number < 3; number++)
            Assert.Equal("rate-limited", await AskAsync(source));

        Assert.Equal(1, world.GitHub.Limits.Refused);
    }

    [Fact]
    public async Task What_waits_for_its_turn_is_not_sent_once_the_budget_is_used_up()
    {
        world.GitHub.LimitTo(3, TimeSpan.FromHours(1));
        var source = world.WithToken(new GitHubOptions { RequestsAtOnceMax = 1 });

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(source)));

        Assert.Equal((3, 17), (codes.Count(code => code is null), codes.Count(code => code == "rate-limited")));
        Assert.Equal(3, world.GitHub.Requests.Count);
    }

    [Fact]
    public async Task Another_credential_goes_on()
    {
        var other = world.GitHub.AddRepository("beta/site").AddRun(GitHubWorld.Start);
        var acme = world.GitHub.App.Install("acme");
        world.GitHub.App.Install("beta");
        world.GitHub.Limits.LimitTo(acme.CallerName, 1, TimeSpan.FromHours(1));
        var source = world.WithApp();

        var codes = new List<string?>();
        for (var number = 0; number < 3; number++)
        {
            codes.Add(await AskAsync(source));
            codes.Add((await source.FindRunAsync(GitHubWorld.Access("beta/site"), other.Id, null, Token)).Refusal?.Code);
        }

        Assert.Equal([null, null, "rate-limited", null, "rate-limited", null], codes);
        Assert.Single(world.GitHub.Requests, request => request.Caller == acme.CallerName);
    }

    [Fact]
    public async Task A_renewed_token_rests_on()
    {
        var installation = world.GitHub.App.Install("acme");
        world.GitHub.Limits.LimitTo(installation.CallerName, 1, TimeSpan.FromHours(3));
        var source = world.WithApp();
        await AskAsync(source);

        world.Clock.Now = GitHubWorld.Start.AddHours(2);

        Assert.Equal("rate-limited", await AskAsync(source));
        Assert.Single(world.GitHub.Requests, request => request.Caller == installation.CallerName);
    }

    [Theory]
    [InlineData(true, 90)]
    [InlineData(false, 60)]
    public async Task A_secondary_limit_rests_for_what_is_said_or_a_minute(bool isSaid, int seconds)
    {
        world.GitHub.Limits.RefuseUntil(GitHubWorld.Start.AddSeconds(90), isSaid);
        var source = world.WithToken();

        Assert.Equal("rate-limited", await AskAsync(source));
        world.Clock.Now = GitHubWorld.Start.AddSeconds(seconds - 1);
        Assert.Equal("rate-limited", await AskAsync(source));
        Assert.Single(world.GitHub.Requests);
        world.Clock.Now = GitHubWorld.Start.AddSeconds(seconds);
        await AskAsync(source);

        Assert.Equal(2, world.GitHub.Requests.Count);
    }

    [Fact]
    public async Task No_more_are_under_way_at_once_than_is_set()
    {
        var begin = new TaskCompletionSource();
        world.GitHub.Misbehave(new ProviderFault { BeginsAfter = begin.Task });
        var source = world.WithToken(new GitHubOptions { RequestsAtOnceMax = 4 });

        var asking = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AskAsync(source)));
        await world.GitHub.Limits.UnderWayAsync(4).WaitAsync(Token);
        begin.SetResult();
        var codes = await asking;

        Assert.All(codes, Assert.Null);
        Assert.Equal((40, 4), (world.GitHub.Requests.Count, world.GitHub.Limits.MostAtOnce));
    }

    [Fact]
    public async Task An_App_whose_own_budget_is_used_up_asks_for_no_more_tokens()
    {
        world.GitHub.App.Install("acme");
        world.GitHub.Limits.LimitTo("app", 0, TimeSpan.FromHours(1));
        var source = world.WithApp();

        Assert.Equal("rate-limited", await AskAsync(source));
        Assert.Equal("rate-limited", await AskAsync(source));

        Assert.Single(world.GitHub.Requests);
    }

    private async Task<string?> AskAsync(GitHubRunSource source) => (await source.FindRunAsync(
        GitHubWorld.Access("acme/webshop"), run.Id, null, Token)).Refusal?.Code;
}
