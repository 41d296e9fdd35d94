using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Webhooks;

/// <summary>The way to incoming webhooks that everything in a process shares.</summary>
public sealed class WebhookConnection(TimeProvider time) : IDisposable
{
    private const int ConnectionsMax = 2;

    // A process that tells nobody has none: its code stays on the disk.
    private readonly Lazy<HttpClient> client = new(() => ProviderClient.Create(ConnectionsMax));

    internal TimeProvider Time { get; } = time;

    internal HttpClient Client => client.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
    }
}
