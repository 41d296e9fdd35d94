namespace TokenLedger.Domain.Alerting;

/// <summary>What people are told of.</summary>
public enum AlertEventKind
{
    /// <summary>A budget reached a threshold below its limit.</summary>
    BudgetThreshold,

    /// <summary>A budget reached its limit, or a threshold beyond it.</summary>
    BudgetExceeded,

    /// <summary>A budget is expected to reach its limit within its period.</summary>
    BudgetForecast,

    /// <summary>The figure of a budget that fails closed may be too small.</summary>
    BudgetIncomplete,

    /// <summary>Findings of a workflow.</summary>
    Finding,

    /// <summary>A word of the service itself, such as a test of a channel.</summary>
    Operational,
}
