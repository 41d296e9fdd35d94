namespace TokenLedger.Domain.Statements;

/// <summary>By what a statement may be grouped.</summary>
public enum StatementDimension
{
    /// <summary>The team that a rule says.</summary>
    Team,

    /// <summary>The repository as <c>owner/name</c>.</summary>
    Repository,

    /// <summary>The workflow's display name, else its file.</summary>
    Workflow,

    /// <summary>The owner of the repository, else the organisation that the bill names.</summary>
    Organization,

    /// <summary>The pull request, with its repository.</summary>
    PullRequest,

    /// <summary>The issue, with its repository.</summary>
    Issue,

    /// <summary>The branch, with its repository.</summary>
    Branch,

    /// <summary>Who started the run's first attempt, else the login that the bill names.</summary>
    Person,

    /// <summary>Who pays.</summary>
    Payer,

    /// <summary>The cost centre.</summary>
    CostCenter,

    /// <summary>The normalised model.</summary>
    Model,

    /// <summary>Who bills.</summary>
    Channel,

    /// <summary>The billing account.</summary>
    Account,

    /// <summary>The run's phase.</summary>
    Phase,

    /// <summary>What requests were for.</summary>
    Purpose,

    /// <summary>The task type that a rule says.</summary>
    TaskType,

    /// <summary>The agent engine.</summary>
    Engine,

    /// <summary>The event that started the run.</summary>
    Event,

    /// <summary>The UTC day.</summary>
    Day,

    /// <summary>The month.</summary>
    Month,

    /// <summary>A free tag that a rule gives.</summary>
    Tag,
}
