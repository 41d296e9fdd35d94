using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Hosting.Composition;

/// <summary>Everyone who can be asked for a bill.</summary>
public sealed class BillingSources : IDisposable
{
    private readonly HttpClient http;

    /// <param name="configuration">What is configured.</param>
    /// <param name="time">The clock.</param>
    public BillingSources(LedgerConfiguration configuration, TimeProvider time)
    {
        http = new HttpClient();
        All = [new GitHubBillingSource(http, configuration.GitHub, time)];
    }

    /// <summary>The sources.</summary>
    public IReadOnlyList<IBillingSource> All { get; }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
