namespace TokenLedger.Domain.Charges;

/// <summary>
/// What the money was for, as far as the bill tells. Only <see cref="AgentOrPeople"/> is ever spread over runs.
/// </summary>
public enum ChargeCategory
{
    /// <summary>Model usage that agents share with people: the bill does not tell them apart.</summary>
    AgentOrPeople,

    /// <summary>Copilot code review.</summary>
    CodeReview,

    /// <summary>The Copilot cloud agent, which is no agentic workflow.</summary>
    CloudAgent,

    /// <summary>GitHub Spark.</summary>
    Spark,

    /// <summary>Job minutes of GitHub Actions: a component of its own.</summary>
    ActionsMinutes,

    /// <summary>Seats.</summary>
    Seats,

    /// <summary>Anything else: storage, taxes, purchases of credits, code execution.</summary>
    Other,

    /// <summary>A count of tokens that bills nothing.</summary>
    TokenCount,
}
