using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>What asking GitHub for outcomes brought.</summary>
/// <param name="Stored">How many outcomes were told.</param>
/// <param name="Refusals">What GitHub refused, in order.</param>
public sealed record FetchedOutcomes(
    int Stored, IReadOnlyList<(WorkSubject Subject, ProviderRefusal Refusal)> Refusals);
