namespace TokenLedger.Application.Reports;

/// <summary>What usage is summed by.</summary>
public enum UsageGrouping
{
    /// <summary>Run attempt.</summary>
    Run,

    /// <summary>Repository and workflow.</summary>
    Workflow,

    /// <summary>Repository.</summary>
    Repository,

    /// <summary>Channel and model.</summary>
    Model,

    /// <summary>UTC day of the requests.</summary>
    Day,

    /// <summary>Round of an agent's loop, which only the raw files tell: see <see cref="TurnTable"/>.</summary>
    Turn,
}
