namespace TokenLedger.Application.Ports;

/// <summary>Which webhook deliveries have been dealt with, by GitHub's <c>X-GitHub-Delivery</c>.</summary>
/// <remarks>
/// A delivery is claimed after its work is durable, never before: a process killed in between makes a redelivery do
/// the work again, which changes nothing, instead of dropping it.
/// </remarks>
public interface IDeliveryLog
{
    /// <summary>Whether the delivery was dealt with.</summary>
    Task<bool> IsClaimedAsync(string deliveryId, CancellationToken cancellation);

    /// <summary>Notes that the delivery's work is durable. Claiming again changes nothing.</summary>
    Task ClaimAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellation);
}
