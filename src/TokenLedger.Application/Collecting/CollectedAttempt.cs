using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;

namespace TokenLedger.Application.Collecting;

/// <summary>What collecting one run by hand brought.</summary>
/// <param name="State">What became of it; <see cref="CollectionState.Refused"/> when GitHub or the ledger did not take
/// it.</param>
/// <param name="IsKnown">Whether it was collected before.</param>
/// <param name="Note">Why it was not collected; null when it was.</param>
/// <param name="Refusal">GitHub's refusal; null without one.</param>
/// <param name="Problems">What of its evidence was not taken.</param>
internal sealed record CollectedAttempt(
    CollectionState State, bool IsKnown, string? Note, ProviderRefusal? Refusal, IReadOnlyList<InputProblem> Problems);
