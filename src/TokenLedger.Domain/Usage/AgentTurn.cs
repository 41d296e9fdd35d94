namespace TokenLedger.Domain.Usage;

/// <summary>
/// One round of an agent's loop: what answers one prompt, or one batch of tool results.
/// </summary>
/// <remarks>Told by the agent's own session log, never by the proxy, whose records know of no turns.</remarks>
/// <param name="Attempt">The run's attempt.</param>
/// <param name="Phase">The run's phase.</param>
/// <param name="Agent"><see cref="MainAgent"/>, or a sub-agent's name as its log spells it: hostile text.</param>
/// <param name="Number">
/// From 1, in the order in which turns of the same attempt, phase and agent name started.
/// </param>
public sealed record AgentTurn(int Attempt, Phase Phase, string Agent, int Number)
{
    /// <summary>The agent that the run started.</summary>
    public const string MainAgent = "main";

    /// <summary>When the prompt, or the last of the tool results, was there; null where the log has no times.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the turn's last answer was there; null without an answer, or without times.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The session's id; null where the log names none.</summary>
    public string? SessionId { get; init; }
}
