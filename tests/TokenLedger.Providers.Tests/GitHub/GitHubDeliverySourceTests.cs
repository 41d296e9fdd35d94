using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class GitHubDeliverySourceTests : IAsyncLifetime
{
    private GitHubWorld world = null!;
    private GitHubConnection connection = null!;

    private static CancellationToken Token => GitHubWorld.Token;

    private GitHubDeliverySource Source => new(connection, world.AppOnly);

    public async ValueTask InitializeAsync()
    {
        world = await GitHubWorld.StartAsync();
        connection = new GitHubConnection(world.Clock, new GitHubOptions());
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Every_page_of_deliveries_is_read_newest_first_by_its_cursor()
    {
        var repository = await SendAsync(250);
        Assert.NotNull(repository);
        var found = new List<DeliveryAttempt>();
        string? next = null;
        do
        {
            var (page, refusal) = await Source.ListAsync(next, Token);
            Assert.Null(refusal);
            found.AddRange(page!.Attempts);
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(world.GitHub.Deliveries.Sent.Select(sent => sent.Id).Reverse(), found.Select(attempt => attempt.Id));
        Assert.All(found, attempt => Assert.Equal(("workflow_run", "completed"), (attempt.EventName, attempt.Action)));
        Assert.All(found, attempt => Assert.False(attempt.IsDelivered || attempt.IsRedelivery));
        Assert.Equal(3, world.CountOf("GET /app/hook/deliveries"));
    }

    [Fact]
    public async Task A_failed_delivery_is_sent_again_under_its_id()
    {
        await SendAsync(1);
        var first = Assert.Single((await Source.ListAsync(null, Token)).Value!.Attempts);
        Assert.Null(await Source.RedeliverAsync(first.Id, Token));
        await world.GitHub.Deliveries.SettleAsync();
        var (page, _) = await Source.ListAsync(null, Token);
        Assert.Equal([first.Guid, first.Guid], page!.Attempts.Select(attempt => attempt.Guid));
        Assert.Equal([true, false], page.Attempts.Select(attempt => attempt.IsRedelivery));
    }

    [Fact]
    public async Task A_delivery_that_is_gone_is_refused_by_name() => Assert.Equal(
        ProviderRefusal.NotFound, (await Source.RedeliverAsync(4_711, Token))?.Code);

    [Fact]
    public async Task Without_an_App_nothing_is_asked()
    {
        var source = new GitHubDeliverySource(
            connection, new GitHubConfiguration { ApiUrl = world.GitHub.Url, Token = new Secret(world.GitHub.Token) });
        Assert.False(source.IsConfigured);
        Assert.Equal(ProviderRefusal.NoCredential, (await source.ListAsync(null, Token)).Refusal?.Code);
        Assert.Equal(ProviderRefusal.NoCredential, (await source.RedeliverAsync(1, Token))?.Code);
        Assert.Empty(world.GitHub.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    public async Task An_answer_of_another_form_is_refused_by_name(string body)
    {
        world.GitHub.Misbehave(new ProviderFault { Status = 200, Body = body });
        Assert.Equal(ProviderRefusal.Malformed, (await Source.ListAsync(null, Token)).Refusal?.Code);
    }

    [Theory]
    [InlineData("""[7,{"id":"x"},{"id":1},{"id":2,"guid":"g","delivered_at":"soon","event":"push"}]""")]
    [InlineData("""[{"id":2,"guid":"","delivered_at":"2026-11-19T05:00:00Z","event":"push"}]""")]
    public async Task What_misses_a_field_is_left_out(string body)
    {
        world.GitHub.Misbehave(new ProviderFault { Status = 200, Body = body });
        Assert.Empty((await Source.ListAsync(null, Token)).Value!.Attempts);
    }

    [Theory]
    [InlineData("""<https://elsewhere.example/app/hook/deliveries?per_page=100&cursor=v1_9>; rel="next" """, "v1_9")]
    [InlineData("""<https://x.example/a?cursor=v1_1>; rel="prev", <https://x.example/a?cursor=v1_2>; rel="next" """, "v1_2")]
    [InlineData("""<https://x.example/a?cursor=>; rel="next" """, null)]
    [InlineData("""<no address>; rel="next" """, null)]
    public async Task Of_the_next_page_only_the_cursor_is_taken(string link, string? expected)
    {
        world.GitHub.Misbehave(
            new ProviderFault { Status = 200, Body = "[]", Headers = { ["Link"] = link.Trim() }, Times = 1 });
        Assert.Equal(expected, (await Source.ListAsync(null, Token)).Value!.Next);
    }

    private async Task<object> SendAsync(int count)
    {
        var repository = world.GitHub.AddRepository("acme/web");
        world.GitHub.App.Install("acme", repository);
        for (var at = 0; at < count; at++)
            await world.GitHub.Deliveries.SendAsync(repository.AddRun(GitHubWorld.Start.AddHours(-1)), Token);
        return repository;
    }
}
