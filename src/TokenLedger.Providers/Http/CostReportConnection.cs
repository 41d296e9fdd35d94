namespace TokenLedger.Providers.Http;

/// <summary>The way to one provider of a cost report that everything in a process shares.</summary>
public abstract class CostReportConnection : IDisposable
{
    private const int ConnectionsMax = 2;

    // A process that asks for nothing has neither: their code stays on the disk.
    private readonly Lazy<HttpClient> client;
    private readonly Lazy<CostReportApi> api;

    private protected CostReportConnection(
        TimeProvider time, CostReportOptions options, ICostReportProvider provider)
    {
        Time = time;
        Options = options;
        client = new Lazy<HttpClient>(() => ProviderClient.Create(ConnectionsMax));
        api = new Lazy<CostReportApi>(() => new CostReportApi(client.Value, time, options, provider));
    }

    internal TimeProvider Time { get; }

    internal CostReportOptions Options { get; }

    internal CostReportApi Api => api.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
        GC.SuppressFinalize(this);
    }
}
