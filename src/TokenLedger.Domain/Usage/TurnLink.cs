namespace TokenLedger.Domain.Usage;

/// <summary>How a request is known to belong to a turn, the surest first.</summary>
public enum TurnLink
{
    /// <summary>The agent's session names the request by the id under which it was recorded.</summary>
    RequestId,

    /// <summary>Only the time tells, and only one turn was under way: inferred.</summary>
    Time,

    /// <summary>No turn, or more than one, can be the request's: nothing is guessed.</summary>
    Unlinked,
}
