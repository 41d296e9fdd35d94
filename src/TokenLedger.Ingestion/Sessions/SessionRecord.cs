using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>What one session of an engine says of itself: at its end, or at its last checkpoint.</summary>
internal sealed record SessionRecord
{
    public required Phase Phase { get; init; }

    public required int Attempt { get; init; }

    /// <summary>When it was said; null where the event has no time.</summary>
    public DateTimeOffset? At { get; init; }

    public string? SessionId { get; init; }

    public string? EventId { get; init; }

    /// <summary>Whether the session came to its end; otherwise its figures are lower bounds.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>What it cost in AI credits, as the session says.</summary>
    public decimal? AiCredits { get; init; }

    /// <summary>Tokens by model; empty where the session gives none.</summary>
    public IReadOnlyList<SessionModel> Models { get; init; } = [];

    /// <summary>Whether the engine is Copilot, whose sessions count nano-credits.</summary>
    public bool IsCopilot { get; init; }

    public TokenCounts Tokens => Models.Aggregate(default(TokenCounts), static (sum, model) => sum + model.Tokens);

    /// <summary>Whether both are the same words in two files, where neither has an id to tell.</summary>
    public bool SaysTheSame(SessionRecord other) =>
        Phase == other.Phase && AiCredits == other.AiCredits && IsComplete == other.IsComplete
        && Tokens with { Reasoning = 0 } == other.Tokens with { Reasoning = 0 };
}
