namespace TokenLedger.Application.Ports;

/// <summary>What GitHub knows of its deliveries to the App's webhook. Only a GitHub App can ask.</summary>
/// <remarks>Never an exception for what GitHub said.</remarks>
public interface IDeliverySource
{
    /// <summary>Whether there is a GitHub App to ask with; without it everything is refused.</summary>
    bool IsConfigured { get; }

    /// <summary>A page of up to 100 delivery attempts of every event, newest first.</summary>
    /// <param name="after">What the page before named as next; null for the first.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderAnswer<DeliveryPage>> ListAsync(string? after, CancellationToken cancellation);

    /// <summary>Has a delivery sent again under the same delivery id. It comes soon after, or fails again.</summary>
    /// <param name="attemptId">An attempt of it, at most three days old.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>Null when GitHub will send it, else why not.</returns>
    Task<ProviderRefusal?> RedeliverAsync(long attemptId, CancellationToken cancellation);
}
