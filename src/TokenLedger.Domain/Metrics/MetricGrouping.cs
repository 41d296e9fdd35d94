namespace TokenLedger.Domain.Metrics;

/// <summary>What metrics are grouped by.</summary>
public enum MetricGrouping
{
    /// <summary>Everything in one.</summary>
    All,

    /// <summary>By repository.</summary>
    Repository,

    /// <summary>By workflow file and repository.</summary>
    Workflow,

    /// <summary>By the team that attribution rules say.</summary>
    Team,

    /// <summary>By the login of whoever started the run.</summary>
    Person,

    /// <summary>By model.</summary>
    Model,

    /// <summary>By UTC day.</summary>
    Day,

    /// <summary>By ISO week, as <c>2026-W48</c>.</summary>
    Week,

    /// <summary>By month, as <c>2026-11</c>.</summary>
    Month,
}
