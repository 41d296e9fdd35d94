namespace TokenLedger.Application.Explaining;

/// <summary>What is asked about.</summary>
public enum ExplanationSubjectKind
{
    /// <summary>A run.</summary>
    Run,

    /// <summary>A repository over a period.</summary>
    Repository,

    /// <summary>A workflow over a period.</summary>
    Workflow,

    /// <summary>A UTC day.</summary>
    Day,

    /// <summary>A charge.</summary>
    Charge,
}
