namespace TokenLedger.Application.Ports;

/// <summary>One endpoint of a bill, and how it took the question.</summary>
/// <param name="Endpoint">Its path below the account's billing: <c>ai_credit/usage</c>.</param>
/// <param name="IsPolled">Whether the service asks it for the source and day.</param>
/// <param name="Answer">The answer.</param>
public sealed record EndpointProbe(string Endpoint, bool IsPolled, ProbeAnswer Answer);
