namespace TokenLedger.Ingestion.Turns;

/// <summary>The turns of one agent of one session: its loop of prompt, answer, tool results, answer.</summary>
/// <param name="agent">The agent's name, as turns carry it.</param>
/// <param name="isMain">Whether it is the agent that the run started.</param>
internal sealed class TurnTrack(string agent, bool isMain)
{
    // An answer names a handful of ids; a longer list is made up.
    private const int RequestIdsMax = 64;

    private DateTimeOffset? inputAt;
    private bool hasInput;

    public string Agent { get; private set; } = agent;

    public bool IsMain { get; } = isMain;

    public List<TurnDraft> Turns { get; } = [];

    /// <summary>When the agent was last heard of; null where its events have no times.</summary>
    public DateTimeOffset? LastEventAt { get; private set; }

    private TurnDraft? Current => Turns.Count > 0 ? Turns[^1] : null;

    /// <summary>The name that a sub-agent's start tells.</summary>
    public void Rename(string name) => Agent = name;

    /// <summary>Something that is no part of a round.</summary>
    public void Touch(DateTimeOffset? at)
    {
        if (at > LastEventAt || LastEventAt is null)
            LastEventAt = at ?? LastEventAt;
    }

    /// <summary>Something that the agent answers next, of which it is not sure that it will.</summary>
    public void Input(DateTimeOffset? at)
    {
        Touch(at);
        (inputAt, hasInput) = (at, true);
    }

    /// <summary>A prompt: it starts a turn, unless the last one is still to be answered.</summary>
    public void Prompt(DateTimeOffset? at)
    {
        Touch(at);
        if (Current is null or { IsAnswered: true })
            Open(default, at);
    }

    /// <summary>The engine's own word that a round starts.</summary>
    public void Begin(TurnKey key, DateTimeOffset? at)
    {
        Touch(at);
        if (Current is { IsAnswered: false } open && !open.Key.DiffersFrom(key))
            open.Key = open.Key.Or(key);
        else if (Current is not { } current || !current.Key.IsSureToBe(key) || hasInput)
            Open(key, at);
    }

    /// <summary>An answer of the model, or a part of one.</summary>
    public void Answer(TurnKey key, string? messageId, DateTimeOffset? at, IEnumerable<UInt128> requestIds)
    {
        Touch(at);
        var turn = Current is { } current && Continues(current, key, messageId)
            ? current
            : Open(key, hasInput ? inputAt : Current is null ? null : Current.AnsweredAt);
        turn.Key = turn.Key.Or(key);
        turn.LastMessageId = messageId ?? turn.LastMessageId;
        turn.IsAnswered = true;
        if (at > turn.AnsweredAt || turn.AnsweredAt is null)
            turn.AnsweredAt = at ?? turn.AnsweredAt;
        turn.RequestIds.AddRange(requestIds.Take(RequestIdsMax - turn.RequestIds.Count));
        hasInput = false;
    }

    private bool Continues(TurnDraft current, TurnKey key, string? messageId)
    {
        if (messageId is not null && string.Equals(messageId, current.LastMessageId, StringComparison.Ordinal))
            return true;
        if (current.Key.DiffersFrom(key))
            return false;
        return !current.IsAnswered || !hasInput || current.Key.IsSureToBe(key);
    }

    // A clock that was set back starts no turn before the one it follows.
    private TurnDraft Open(TurnKey key, DateTimeOffset? at)
    {
        var start = Current?.StartedAt > at ? Current.StartedAt : at;
        var turn = new TurnDraft { Key = key, StartedAt = start };
        Turns.Add(turn);
        hasInput = false;
        return turn;
    }
}
