using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>The way to Anthropic that everything in a process shares.</summary>
public sealed class AnthropicConnection : IDisposable
{
    private const int ConnectionsMax = 2;

    // A process that asks for nothing has neither: their code stays on the disk.
    private readonly Lazy<HttpClient> client;
    private readonly Lazy<AnthropicApi> api;

    /// <param name="time">The clock.</param>
    /// <param name="options">The bounds.</param>
    public AnthropicConnection(TimeProvider time, AnthropicOptions options)
    {
        Time = time;
        Options = options;
        client = new Lazy<HttpClient>(() => ProviderClient.Create(ConnectionsMax));
        api = new Lazy<AnthropicApi>(() => new AnthropicApi(client.Value, time, options));
    }

    internal TimeProvider Time { get; }

    internal AnthropicOptions Options { get; }

    internal AnthropicApi Api => api.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
    }
}
