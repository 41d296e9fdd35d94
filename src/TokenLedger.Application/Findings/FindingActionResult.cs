namespace TokenLedger.Application.Findings;

/// <summary>What came of an action.</summary>
public enum FindingActionResult
{
    /// <summary>GitHub did it.</summary>
    Done,

    /// <summary>There was nothing to do: the run had ended, or the workflow was disabled before.</summary>
    NotNeeded,

    /// <summary>GitHub refused, and asking again is of no use.</summary>
    Refused,
}
