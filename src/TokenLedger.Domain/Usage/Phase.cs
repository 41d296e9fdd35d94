namespace TokenLedger.Domain.Usage;

/// <summary>The part of a run that spent the tokens. Each phase has its own log and its own proxy totals.</summary>
public enum Phase
{
    /// <summary>The agent's own job.</summary>
    Agent,

    /// <summary>Threat detection over the agent's output; it can cost more than the agent.</summary>
    Detection,

    /// <summary>Evaluations of the run.</summary>
    Evaluation,
}
