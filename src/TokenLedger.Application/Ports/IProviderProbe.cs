using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Ports;

/// <summary>Asks GitHub what may be asked, to find out why something does not work.</summary>
/// <remarks>
/// Never an exception for what GitHub said. A host that did not answer is not asked again by the same probe, so that
/// a machine without a network waits once a host.
/// </remarks>
public interface IProviderProbe
{
    /// <summary>The App with its installations, webhook and deliveries.</summary>
    Task<AppProbe> ProbeAppAsync(CancellationToken cancellation);

    /// <summary>Whether a token is known, and what GitHub tells of it.</summary>
    /// <param name="apiUrl">The API's address.</param>
    /// <param name="token">The token.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProbeAnswer> ProbeTokenAsync(Uri apiUrl, Secret token, CancellationToken cancellation);

    /// <summary>Every billing endpoint of a source, by rank of its view: the first polled one is the basis.</summary>
    /// <param name="source">A source of GitHub with a token.</param>
    /// <param name="day">A finished UTC day.</param>
    /// <param name="cancellation">Ends the requests.</param>
    Task<IReadOnlyList<EndpointProbe>> ProbeBillingAsync(
        SourceConfiguration source, DateOnly day, CancellationToken cancellation);

    /// <summary>The slug of the enterprise that an organisation belongs to; null when GitHub does not tell.</summary>
    Task<string?> FindEnterpriseAsync(SourceConfiguration source, CancellationToken cancellation);
}
