using TokenLedger.Application.Configuration;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class RepositoryListTests : IAsyncLifetime
{
    private GitHubWorld world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => world = await GitHubWorld.StartAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task An_App_knows_the_repositories_of_all_its_installations()
    {
        world.GitHub.AddRepository("acme/webshop");
        var chosen = world.GitHub.AddRepository("beta/chosen");
        world.GitHub.AddRepository("beta/other");
        world.GitHub.AddRepository("gamma/unknown");
        var acme = world.GitHub.App.Install("acme");
        var beta = world.GitHub.App.Install("beta", chosen);

        var found = (await world.WithApp().ListRepositoriesAsync(null, Token)).Value!.Repositories;

        Assert.Equal(
            [("acme/webshop", acme.Id), ("beta/chosen", beta.Id)],
            found.Select(item => (item.FullName, item.InstallationId!.Value)));
        Assert.All(found, item => Assert.Equal("github.com", item.Host));
    }

    [Fact]
    public async Task A_suspended_installation_is_left_out()
    {
        world.GitHub.AddRepository("acme/webshop");
        world.GitHub.AddRepository("beta/site");
        world.GitHub.App.Install("acme").Suspend();
        world.GitHub.App.Install("beta");

        var found = await world.WithApp().ListRepositoriesAsync(null, Token);

        Assert.Equal(["beta/site"], found.Value!.Repositories.Select(item => item.FullName));
    }

    [Fact]
    public async Task An_organisation_that_refuses_is_named_and_takes_nothing_from_the_others()
    {
        world.GitHub.AddRepository("acme/webshop");
        world.GitHub.AddRepository("beta/site");
        var closed = world.GitHub.App.Install("acme");
        world.GitHub.App.Install("beta");
        world.GitHub.Misbehave(new ProviderFault
        {
            Path = $"/app/installations/{closed.Id}/access_tokens",
            Status = 403,
            Body = """{"message":"Although you appear to have the correct authorization, an IP allow list is enabled."}""",
        });

        var found = (await world.WithApp().ListRepositoriesAsync(null, Token)).Value!;

        Assert.Equal(["beta/site"], found.Repositories.Select(item => item.FullName));
        Assert.Equal("forbidden", found.Missing!.Code);
    }

    [Fact]
    public async Task Pages_are_walked_to_the_last()
    {
        foreach (var number in Enumerable.Range(0, 230))
            world.GitHub.AddRepository($"acme/r{number:d3}");
        foreach (var number in Enumerable.Range(0, 101))
            world.GitHub.App.Install($"o{number:d3}");
        world.GitHub.App.Install("acme");

        var byApp = await world.WithApp().ListRepositoriesAsync("acme", Token);
        var byToken = await world.WithToken().ListRepositoriesAsync("acme", Token);

        Assert.Equal((230, 230), (byApp.Value!.Repositories.Count, byToken.Value!.Repositories.Count));
        Assert.Equal(2, world.CountOf("GET /app/installations"));
        Assert.Equal(3, world.CountOf("GET /installation/repositories"));
        Assert.Equal(3, world.CountOf("GET /orgs/*/repos"));
        Assert.Equal(1, world.CountOf("POST /app/installations/*/access_tokens"));
    }

    [Fact]
    public async Task An_organisation_without_the_App_is_asked_for_with_the_token()
    {
        world.GitHub.AddRepository("acme/webshop");
        world.GitHub.AddRepository("beta/site");
        world.GitHub.App.Install("acme");
        var source = world.SourceOf(world.AppOnly with { Token = new Secret(world.GitHub.Token) });

        var found = await source.ListRepositoriesAsync("BETA", Token);
        var alone = await world.WithApp().ListRepositoriesAsync("beta", Token);

        Assert.Equal([("beta/site", null)], found.Value!.Repositories.Select(item => (item.FullName, item.InstallationId)));
        Assert.Equal("not-found", alone.Refusal!.Code);
        Assert.Contains("beta", alone.Refusal.Message);
    }

    [Fact]
    public async Task A_token_alone_needs_an_organisation()
    {
        var refusal = (await world.WithToken().ListRepositoriesAsync(null, Token)).Refusal!;

        Assert.Equal("no-credential", refusal.Code);
        Assert.Empty(world.GitHub.Requests);
    }

    [Theory]
    [InlineData("/app/installations", "{}")]
    [InlineData("/app/installations", "7")]
    [InlineData("/app/installations", "")]
    [InlineData("/installation/repositories", "[]")]
    [InlineData("/installation/repositories", """{"repositories":{}}""")]
    [InlineData("/installation/repositories", "<html>")]
    public async Task A_list_of_another_form_is_malformed(string path, string body)
    {
        world.GitHub.AddRepository("acme/webshop");
        world.GitHub.App.Install("acme");
        world.GitHub.Misbehave(new ProviderFault { Path = path + "?", Body = body });

        Assert.Equal("malformed", (await world.WithApp().ListRepositoriesAsync(null, Token)).Refusal!.Code);
    }

    [Fact]
    public async Task Items_of_another_form_are_left_out()
    {
        world.GitHub.AddRepository("acme/webshop");
        world.GitHub.Misbehave(new ProviderFault
        {
            Path = "/orgs/",
            Body = """
                [7, null, {}, {"full_name":7}, {"full_name":"../x"}, {"full_name":"a/../b"}, {"full_name":"a/.."},
                {"full_name":"\ud800/x"}, {"full_name":"a/b","html_url":"\ud800"}, {"full_name":"a/c","html_url":7}]
                """,
        });

        var found = await world.WithToken().ListRepositoriesAsync("acme", Token);

        Assert.Equal(["a/b", "a/c"], found.Value!.Repositories.Select(item => item.FullName));
    }

    [Fact]
    public async Task Installations_of_another_form_are_left_out()
    {
        world.GitHub.Misbehave(new ProviderFault
        {
            Path = "/app/installations",
            Body = """
                [{"id":"7","account":{"login":"acme"}}, {"id":7.5}, {"id":8,"account":7},
                {"id":9,"account":{"login":"\ud800"}}, {"account":{"login":"acme"}}]
                """,
        });

        var found = await world.WithApp().ListRepositoriesAsync("acme", Token);

        Assert.Equal("not-found", found.Refusal!.Code);
    }

    [Fact]
    public async Task A_list_without_end_is_ended()
    {
        var item = """{"full_name":"acme/r"},""";
        world.GitHub.Misbehave(new ProviderFault
        {
            Path = "/orgs/",
            Body = $"[{string.Concat(Enumerable.Repeat(item, 100)).TrimEnd(',')}]",
        });

        var found = await world.WithToken().ListRepositoriesAsync("acme", Token);

        Assert.Null(found.Refusal);
        Assert.Equal(100, world.CountOf("GET /orgs/*/repos"));
    }

    [Fact]
    public async Task A_hostile_organisation_is_one_segment()
    {
        foreach (var name in new[] { "..", "a/b", "a?b", "%2e%2e" })
            Assert.Equal("not-found", (await world.WithToken().ListRepositoriesAsync(name, Token)).Refusal!.Code);

        Assert.All(
            world.GitHub.Requests, request => Assert.Matches("^/orgs/[^/?]+/repos\\?per_page=100&page=1$", request.Target));
    }
}
