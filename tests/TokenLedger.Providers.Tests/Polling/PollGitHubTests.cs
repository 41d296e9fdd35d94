using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.Polling;

public sealed class PollGitHubTests : IAsyncLifetime
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);

    private readonly PollWorld world = new();
    private readonly GitHubConnection connection;
    private FakeGitHub github = null!;

    public PollGitHubTests() => connection = new GitHubConnection(
        world.Clock, new GitHubOptions { RetryDelay = TimeSpan.FromMilliseconds(1) });

    public async ValueTask InitializeAsync()
    {
        github = await FakeGitHub.StartAsync(PollWorld.Token);
        world.Providers = [new GitHubBillingSource(connection)];
        world.Sources =
        [
            PollWorld.SourceOf("acme") with { ApiUrl = github.Url, Token = new Secret(github.Token) },
        ];
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await github.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task GitHubs_bill_of_a_day_is_kept_and_a_change_of_it_too()
    {
        github.SetBill("organizations/acme", Yesterday, ("Claude Sonnet 5", 100), ("GPT-5 mini", 2.5m));
        await world.PollAsync();
        github.SetBill("organizations/acme", Yesterday, ("Claude Sonnet 5", 110), ("GPT-5 mini", 2.5m));
        world.Now = world.Now.AddDays(1);
        await world.PollAsync();

        Assert.Equal(
            [102_500_000_000, 112_500_000_000],
            (await world.LooksAsync("acme")).Where(look => look.Day == Yesterday).Select(look => look.GrossNanoCredits));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Nothing_that_is_kept_holds_the_token(int status)
    {
        github.SetBill("organizations/acme", Yesterday, ("Claude Sonnet 5", 100));
        await world.PollAsync();
        world.Now = world.Now.AddDays(1);
        github.Misbehave(new ProviderFault
        {
            Status = status,
            Body = github.Token,
            Headers = { ["X-Accepted-OAuth-Scopes"] = github.Token },
        });

        var outcome = await world.PollAsync();

        Assert.Contains(outcome.Days, day => day.Refusal is not null);
        Assert.Contains(world.Marks.Alerts.Values, alert => alert is { Kind: Alert.BillUnreadable, IsOpen: true });
        var kept = new List<string>
        {
            outcome.ToString(), string.Join('\n', outcome.Days), string.Join('\n', world.Marks.Alerts.Values),
            string.Join('\n', world.Marks.Checkpoints.Values), string.Join('\n', world.Sources),
        };
        kept.AddRange(Directory.GetFiles(world.Folder, "*", SearchOption.AllDirectories)
            .Select(file => file + ReadShared(file)));
        Assert.All(kept, text => Assert.DoesNotContain(github.Token, text, StringComparison.OrdinalIgnoreCase));
    }

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
