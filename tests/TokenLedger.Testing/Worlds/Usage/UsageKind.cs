namespace TokenLedger.Testing.Worlds.Usage;

/// <summary>What a piece of the world's usage was.</summary>
public enum UsageKind
{
    /// <summary>An agent run of a workflow.</summary>
    Run,

    /// <summary>A person's chat or command line.</summary>
    Person,

    /// <summary>Automation that no ledger hears of: a job that calls a model by itself.</summary>
    OtherAutomation,

    /// <summary>Code review.</summary>
    CodeReview,

    /// <summary>The cloud agent.</summary>
    CloudAgent,
}
