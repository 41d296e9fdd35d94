using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub;

/// <summary>The way to GitHub that everything in a process shares: connections, and the bounds on their use.</summary>
public sealed class GitHubConnection : IDisposable
{
    private readonly GitHubGate gate;

    // A process that asks for nothing has neither: their code stays on the disk.
    private readonly Lazy<HttpClient> client;
    private readonly Lazy<GitHubApi> api;

    /// <param name="time">The clock.</param>
    /// <param name="options">The bounds.</param>
    public GitHubConnection(TimeProvider time, GitHubOptions options)
    {
        Time = time;
        Options = options;
        gate = new GitHubGate(options.RequestsAtOnceMax, time);
        client = new Lazy<HttpClient>(() => ProviderClient.Create(options.RequestsAtOnceMax));
        api = new Lazy<GitHubApi>(() => new GitHubApi(client.Value, gate, time, options));
    }

    internal TimeProvider Time { get; }

    internal GitHubOptions Options { get; }

    internal GitHubApi Api => api.Value;

    /// <summary>For addresses that GitHub names: nothing is sent there but the request.</summary>
    internal HttpClient Client => client.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
        gate.Dispose();
    }
}
