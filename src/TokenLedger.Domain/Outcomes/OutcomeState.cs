namespace TokenLedger.Domain.Outcomes;

/// <summary>What has become of a pull request or issue.</summary>
public enum OutcomeState
{
    /// <summary>It is open.</summary>
    Open,

    /// <summary>It is closed and was not merged.</summary>
    Closed,

    /// <summary>It is merged, and nobody has told of a revert.</summary>
    Merged,

    /// <summary>It was merged, and reverted later. That the revert was reverted too is not followed.</summary>
    Reverted,
}
