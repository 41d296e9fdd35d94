namespace TokenLedger.Ingestion.Outcomes;

/// <summary>What the ledger takes of an event, or of an answer, about a pull request, an issue or a push.</summary>
/// <param name="Facts">What is told; at least one fact.</param>
/// <param name="MayBeAgents">
/// Whether its pull request or issue may be an agent's work: a bot opened it, or its branch is named as agents name
/// theirs.
/// </param>
public sealed record OutcomeEvent(IReadOnlyList<PlacedFact> Facts, bool MayBeAgents)
{
    /// <summary>Whether an answer that shows an issue says that it is a pull request.</summary>
    public bool IsPullRequest { get; init; }
}
