namespace TokenLedger.Application.Ports;

/// <summary>One page of delivery attempts.</summary>
/// <param name="Attempts">The attempts that could be read, newest first.</param>
/// <param name="Next">What the next page is asked for with; null on the last.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryAttempt> Attempts, string? Next);
