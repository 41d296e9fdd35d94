using System.Security.Cryptography;
using TokenLedger.Application.Configuration;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class InstallationTokenTests : IAsyncLifetime
{
    private const string TokenEndpoint = "POST /app/installations/*/access_tokens";
    private const string LookupEndpoint = "GET /repos/*/*/installation";

    private GitHubWorld world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> NoTokens() =>
    [
        "", "<html>", "[]", "7", "null", "{}",
        """{"token":7,"expires_at":"2026-11-19T07:00:00Z"}""",
        """{"token":"","expires_at":"2026-11-19T07:00:00Z"}""",
        """{"token":"ghs_a\nb","expires_at":"2026-11-19T07:00:00Z"}""",
        """{"token":"ghs_\ud800","expires_at":"2026-11-19T07:00:00Z"}""",
        """{"token":"ghs_a"}""",
        """{"token":"ghs_a","expires_at":1795071600}""",
        """{"token":"ghs_a","expires_at":"soon"}""",
    ];

    public async ValueTask InitializeAsync() => world = await GitHubWorld.StartAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task The_installation_on_a_repository_is_found_and_asked_with()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        var installation = world.GitHub.App.Install("acme");

        var answer = await world.WithApp().FindRunAsync(GitHubWorld.Access("acme/webshop"), run.Id, null, Token);

        Assert.Null(answer.Refusal);
        Assert.Equal(
            [("app", LookupEndpoint), ("app", TokenEndpoint), (installation.CallerName, "GET /repos/*/*/actions/runs/*")],
            world.GitHub.Requests.Select(request => (request.Caller, request.Endpoint)));
    }

    [Fact]
    public async Task A_token_may_only_read_actions_and_metadata_whatever_the_App_may()
    {
        world.GitHub.App.Permissions["issues"] = "write";
        world.GitHub.App.Permissions["actions"] = "write";
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        world.GitHub.App.Install("acme");

        await world.WithApp().FindRunAsync(GitHubWorld.Access("acme/webshop"), run.Id, null, Token);

        Assert.Equal(
            ["actions=read", "metadata=read"],
            world.GitHub.App.LastPermissions.Select(item => $"{item.Key}={item.Value}").Order());
    }

    [Fact]
    public async Task A_token_is_kept_and_renewed_before_it_expires()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        var installation = world.GitHub.App.Install("acme");
        var source = world.WithApp();
        var repository = GitHubWorld.Access("acme/webshop", installation.Id);

        foreach (var minutes in new[] { 0, 30, 54, 56, 57, 120 })
        {
            world.Clock.Now = GitHubWorld.Start.AddMinutes(minutes);
            Assert.Null((await source.FindRunAsync(repository, run.Id, null, Token)).Refusal);
        }

        Assert.Equal(3, world.CountOf(TokenEndpoint));
        Assert.Equal(0, world.CountOf(LookupEndpoint));
        // None was asked with after its end: that would have shown as one question more.
        Assert.Equal(6, world.CountOf("GET /repos/*/*/actions/runs/*"));
    }

    [Fact]
    public async Task A_token_that_ends_early_is_renewed_once()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        world.GitHub.App.Install("acme");
        var source = world.WithApp();
        var repository = GitHubWorld.Access("acme/webshop");
        await source.FindRunAsync(repository, run.Id, null, Token);

        world.GitHub.App.RevokeTokens();
        var renewed = await source.FindRunAsync(repository, run.Id, null, Token);
        world.GitHub.Misbehave(new ProviderFault { Path = "/actions/", Status = 401, Body = "{}" });
        var never = await source.FindRunAsync(repository, run.Id, null, Token);

        Assert.Null(renewed.Refusal);
        Assert.Equal("unauthorized", never.Refusal!.Code);
        Assert.Equal(3, world.CountOf(TokenEndpoint));
        Assert.Equal(5, world.CountOf("GET /repos/*/*/actions/runs/*"));
    }

    [Fact]
    public async Task An_App_installed_anew_is_found_under_its_new_id()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        var before = world.GitHub.App.Install("acme");
        var source = world.WithApp();
        await source.FindRunAsync(GitHubWorld.Access("acme/webshop", before.Id), run.Id, null, Token);
        before.Uninstall();
        var after = world.GitHub.App.Install("acme");

        var answer = await source.FindRunAsync(GitHubWorld.Access("acme/webshop", before.Id), run.Id, null, Token);

        Assert.Null(answer.Refusal);
        Assert.Equal(after.CallerName, world.GitHub.Requests[^1].Caller);
    }

    [Fact]
    public async Task A_key_of_another_App_is_not_accepted()
    {
        world.GitHub.AddRepository("acme/webshop");
        world.GitHub.App.Install("acme");
        using var other = RSA.Create(2048);
        var source = world.SourceOf(world.AppOnly with { PrivateKey = new Secret(other.ExportPkcs8PrivateKeyPem()) });

        var refusal = (await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token)).Refusal!;

        Assert.Equal("unauthorized", refusal.Code);
        Assert.Contains("GitHub App", refusal.Message);
    }

    [Theory]
    [InlineData("no PEM at all")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----")]
    public async Task What_is_no_key_is_refused_without_a_request_and_not_shown(string text)
    {
        var source = world.SourceOf(world.AppOnly with { PrivateKey = new Secret(text) });

        var refusal = (await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), 1, null, Token)).Refusal!;

        Assert.Equal("unauthorized", refusal.Code);
        Assert.Contains("TokenLedger:GitHub:PrivateKey", refusal.Message);
        Assert.DoesNotContain("c2VjcmV0", refusal.ToString());
        Assert.DoesNotContain("no PEM at all", refusal.ToString());
        Assert.Empty(world.GitHub.Requests);
    }

    [Theory]
    [InlineData(-30, null)]
    [InlineData(30, null)]
    [InlineData(-15 * 60, "unauthorized")]
    [InlineData(15 * 60, "unauthorized")]
    public async Task Clocks_may_differ_by_seconds_and_not_by_a_quarter_of_an_hour(int seconds, string? code)
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        world.GitHub.App.Install("acme");
        var source = world.SourceOf(world.AppOnly, time: new TestClock(GitHubWorld.Start.AddSeconds(seconds)));

        var answer = await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), run.Id, null, Token);

        Assert.Equal(code, answer.Refusal?.Code);
    }

    [Fact]
    public async Task Where_the_App_is_not_installed_the_configured_token_is_used()
    {
        var here = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        var there = world.GitHub.AddRepository("other/site").AddRun(GitHubWorld.Start);
        var installation = world.GitHub.App.Install("acme");
        var both = world.SourceOf(world.AppOnly with { Token = new Secret(world.GitHub.Token) });

        await both.FindRunAsync(GitHubWorld.Access("acme/webshop"), here.Id, null, Token);
        var byApp = world.GitHub.Requests[^1].Caller;
        var answer = await both.FindRunAsync(GitHubWorld.Access("other/site"), there.Id, null, Token);
        var byToken = world.GitHub.Requests[^1].Caller;
        var alone = await world.WithApp().FindRunAsync(GitHubWorld.Access("other/site"), there.Id, null, Token);

        Assert.Null(answer.Refusal);
        Assert.Equal((installation.CallerName, "token of octo-admin"), (byApp, byToken));
        Assert.Equal("not-found", alone.Refusal!.Code);
        Assert.Contains("other/site", alone.Refusal.Message);
    }

    [Fact]
    public async Task A_suspended_installation_is_refused_and_no_token_takes_its_place()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        world.GitHub.App.Install("acme").Suspend();
        var source = world.SourceOf(world.AppOnly with { Token = new Secret(world.GitHub.Token) });

        var answer = await source.FindRunAsync(GitHubWorld.Access("acme/webshop"), run.Id, null, Token);

        Assert.Equal("forbidden", answer.Refusal!.Code);
        Assert.Contains("suspended", answer.Refusal.Message);
    }

    [Fact]
    public async Task A_permission_that_is_not_accepted_is_named()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        world.GitHub.App.Install("acme");
        world.GitHub.Misbehave(GitHubFaults.MissingPermission("actions=read") with { Path = "/actions/" });

        var refusal = (await world.WithApp().FindRunAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, null, Token)).Refusal!;

        Assert.Equal("forbidden", refusal.Code);
        Assert.Contains("Accepted permissions: actions=read.", refusal.Message);
    }

    [Fact]
    public async Task Single_sign_on_is_named()
    {
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        world.GitHub.Misbehave(GitHubFaults.SingleSignOn("acme"));

        var refusal = (await world.WithToken().FindRunAsync(
            GitHubWorld.Access("acme/webshop"), run.Id, null, Token)).Refusal!;

        Assert.Equal("forbidden", refusal.Code);
        Assert.Contains("SAML", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(NoTokens))]
    public async Task An_answer_without_a_token_is_malformed(string body)
    {
        var installation = world.GitHub.App.Install("acme", world.GitHub.AddRepository("acme/webshop"));
        world.GitHub.Misbehave(new ProviderFault { Path = "/access_tokens", Status = 201, Body = body });

        var refusal = (await world.WithApp().FindRunAsync(
            GitHubWorld.Access("acme/webshop", installation.Id), 1, null, Token)).Refusal!;

        Assert.Equal("malformed", refusal.Code);
        Assert.DoesNotContain("ghs_", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"7"}""")]
    [InlineData("""{"id":7.5}""")]
    [InlineData("""{"id":null}""")]
    public async Task An_answer_without_an_installation_is_malformed(string body)
    {
        world.GitHub.Misbehave(new ProviderFault { Path = "/installation", Body = body });

        var refusal = (await world.WithApp().FindRunAsync(
            GitHubWorld.Access("acme/webshop"), 1, null, Token)).Refusal!;

        Assert.Equal("malformed", refusal.Code);
    }
}
