namespace TokenLedger.Domain.Outcomes;

/// <summary>What says that a run and a pull request or issue belong together.</summary>
public enum WorkSource
{
    /// <summary>GitHub's own facts of the run, or the run's record of what it was started for.</summary>
    RunFacts,

    /// <summary>The list of safe outputs that the run carried out.</summary>
    SafeOutputs,

    /// <summary>The run's activity summary.</summary>
    ActivitySummary,

    /// <summary>The run's branch is the head branch of exactly one pull request.</summary>
    HeadBranch,
}
