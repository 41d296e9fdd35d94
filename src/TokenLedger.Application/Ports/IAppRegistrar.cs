using TokenLedger.Application.Registration;

namespace TokenLedger.Application.Ports;

/// <summary>The end of making a GitHub App from a manifest.</summary>
public interface IAppRegistrar
{
    /// <summary>Exchanges the code that GitHub sent the browser back with for the App.</summary>
    /// <remarks>The code is good once and for an hour, so it is sent once, whatever becomes of it.</remarks>
    /// <param name="code">The code.</param>
    /// <param name="cancellation">Ends the request. The App may be there, and its key lost, all the same.</param>
    Task<ProviderAnswer<RegisteredApp>> ExchangeAsync(string code, CancellationToken cancellation);
}
