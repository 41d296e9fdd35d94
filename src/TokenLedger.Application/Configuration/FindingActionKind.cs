namespace TokenLedger.Application.Configuration;

/// <summary>What a finding may lead to.</summary>
public enum FindingActionKind
{
    /// <summary>Cancel the run that the finding is about, while it is in progress.</summary>
    CancelRun,

    /// <summary>Disable the workflow, until somebody enables it again.</summary>
    DisableWorkflow,
}
