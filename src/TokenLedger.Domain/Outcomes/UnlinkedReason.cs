namespace TokenLedger.Domain.Outcomes;

/// <summary>Why something that a run did is linked to nothing. A link is never guessed.</summary>
public enum UnlinkedReason
{
    /// <summary>GitHub names several pull requests of the run's commit.</summary>
    SeveralPullRequests,

    /// <summary>A safe output names no number, in neither of its fields.</summary>
    NoNumber,

    /// <summary>The fields of a safe output contradict each other.</summary>
    Contradiction,

    /// <summary>Several pull requests have the run's branch as head.</summary>
    SharedBranch,
}
