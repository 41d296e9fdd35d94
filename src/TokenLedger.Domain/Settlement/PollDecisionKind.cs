namespace TokenLedger.Domain.Settlement;

/// <summary>Whether to look at a bill. Declared in the order in which time leads through them.</summary>
public enum PollDecisionKind
{
    /// <summary>Not yet.</summary>
    Later,

    /// <summary>The look is due.</summary>
    Now,

    /// <summary>No look is needed any more.</summary>
    Never,
}
