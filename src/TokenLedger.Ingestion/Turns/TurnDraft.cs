namespace TokenLedger.Ingestion.Turns;

/// <summary>A turn while its log is read.</summary>
internal sealed class TurnDraft
{
    public TurnKey Key { get; set; }

    /// <summary>When its prompt or its last tool result was there; null when unknown.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public bool IsAnswered { get; set; }

    /// <summary>When its last answer was there; null without an answer or a time.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    public string? LastMessageId { get; set; }

    /// <summary>Hashes of the ids that its answers name, as usage records are known under.</summary>
    public List<UInt128> RequestIds { get; } = [];
}
