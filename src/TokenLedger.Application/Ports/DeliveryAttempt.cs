namespace TokenLedger.Application.Ports;

/// <summary>One attempt of GitHub's to deliver an event to the App's webhook.</summary>
/// <param name="Id">The attempt's own id.</param>
/// <param name="Guid">The delivery's id, the same for every attempt: <c>X-GitHub-Delivery</c>.</param>
/// <param name="DeliveredAt">When it was sent, UTC.</param>
/// <param name="IsRedelivery">Whether it was sent before; false for the first attempt.</param>
/// <param name="IsDelivered">Whether the webhook answered with success.</param>
/// <param name="EventName">The event, such as <c>workflow_run</c>.</param>
/// <param name="Action">The event's action; null when it has none.</param>
public sealed record DeliveryAttempt(
    long Id, string Guid, DateTimeOffset DeliveredAt, bool IsRedelivery, bool IsDelivered, string EventName,
    string? Action);
