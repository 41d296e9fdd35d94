namespace TokenLedger.Domain.Usage;

/// <summary>What one turn used, or what a phase used that belongs to no turn.</summary>
/// <remarks>
/// Over all of a run, the slices here add up to the run's own slices, kind by kind, exactly: a request is in one of
/// them.
/// </remarks>
/// <param name="Run">The run attempt.</param>
/// <param name="Phase">The run's phase.</param>
/// <param name="Turn">The turn; null for what is linked to none.</param>
/// <param name="Link">
/// The least sure link of its requests; null for a turn without requests; <see cref="TurnLink.Unlinked"/> without turn.
/// </param>
/// <param name="Slices">Parts of the run's slices, under the keys of these, in their order.</param>
/// <param name="SpreadTokens">
/// Of the slices' tokens, those of a kind under which no request of the turn counted them: what the agent's session
/// counted otherwise than the proxy's records, spread as it is over the run's slices.
/// </param>
public sealed record TurnUsage(
    RunFacts Run, Phase Phase, AgentTurn? Turn, TurnLink? Link, IReadOnlyList<UsageSlice> Slices, long SpreadTokens);
