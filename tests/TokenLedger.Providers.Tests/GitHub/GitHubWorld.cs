using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.GitHub;

/// <summary>A fake GitHub and clients of it that share a clock.</summary>
internal sealed class GitHubWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 19, 6, 0, 0, TimeSpan.Zero);

    private readonly List<GitHubConnection> connections = [];

    private GitHubWorld(TestClock clock, FakeGitHub github) => (Clock, GitHub) = (clock, github);

    public TestClock Clock { get; }

    public FakeGitHub GitHub { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<GitHubWorld> StartAsync()
    {
        var clock = new TestClock(Start);
        return new GitHubWorld(clock, await FakeGitHub.StartAsync(Token, clock));
    }

    /// <summary>A client with the App and nothing else.</summary>
    public GitHubRunSource WithApp(GitHubOptions? options = null) => SourceOf(AppOnly, options);

    /// <summary>A client with the configured token and nothing else.</summary>
    public GitHubRunSource WithToken(GitHubOptions? options = null) => SourceOf(
        new GitHubConfiguration { ApiUrl = GitHub.Url, Token = new Secret(GitHub.Token) }, options);

    /// <summary>A client with the token of a server whose API lies below a path, as an Enterprise Server's does.</summary>
    public GitHubRunSource BelowPath() => SourceOf(
        new GitHubConfiguration { ApiUrl = new Uri(GitHub.Url, "api/v3"), Token = new Secret(GitHub.Token) });

    public GitHubConfiguration AppOnly => new()
    {
        ApiUrl = GitHub.Url,
        AppId = GitHub.App.Id,
        PrivateKey = new Secret(GitHub.App.PrivateKey),
    };

    public GitHubRunSource SourceOf(
        GitHubConfiguration configuration, GitHubOptions? options = null, TimeProvider? time = null)
    {
        var connection = new GitHubConnection(
            time ?? Clock, (options ?? new()) with { RetryDelay = TimeSpan.FromMilliseconds(1), Jitter = () => 0.5 });
        connections.Add(connection);
        return new GitHubRunSource(connection, configuration);
    }

    /// <summary>A client that may change what runs.</summary>
    public GitHubRunControl ControlOf(GitHubConfiguration configuration)
    {
        var connection = new GitHubConnection(
            Clock, new GitHubOptions { RetryDelay = TimeSpan.FromMilliseconds(1), Jitter = () => 0.5 });
        connections.Add(connection);
        return new GitHubRunControl(connection, configuration);
    }

    public GitHubOutcomeSource OutcomesOf(GitHubConfiguration configuration)
    {
        var connection = new GitHubConnection(
            Clock, new() { RetryDelay = TimeSpan.FromMilliseconds(1), Jitter = () => 0.5 });
        connections.Add(connection);
        return new GitHubOutcomeSource(connection, configuration);
    }

    public static RepositoryAccess Access(string fullName, long? installationId = null) =>
        new("github.com", fullName[..fullName.IndexOf('/')], fullName[(fullName.IndexOf('/') + 1)..], installationId);

    /// <summary>How often an endpoint was asked.</summary>
    public int CountOf(string endpoint) => GitHub.RequestsByEndpoint.GetValueOrDefault(endpoint);

    public async ValueTask DisposeAsync()
    {
        connections.ForEach(connection => connection.Dispose());
        await GitHub.DisposeAsync();
    }
}
