using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Application.Ports;

/// <summary>Tells people of an event.</summary>
/// <remarks>
/// The same event may be sent again when it is not known whether it arrived: a channel that can look finds it and does
/// nothing. Never an exception for what the other side said, and no secret in a refusal.
/// </remarks>
public interface IAlertChannel
{
    /// <summary>How it is configured.</summary>
    AlertChannelConfiguration Configuration { get; }

    /// <summary>Sends.</summary>
    /// <param name="told">The event. Its texts are hostile: the channel escapes them.</param>
    /// <param name="reference">What the channel answered for an event of the same group before; null for none.</param>
    /// <param name="cancellation">Ends the call; the event may then have been sent or not.</param>
    /// <returns>What the other side calls the message, up to 200 characters; or why it was not sent.</returns>
    Task<ProviderAnswer<string>> SendAsync(AlertEvent told, string? reference, CancellationToken cancellation);
}
