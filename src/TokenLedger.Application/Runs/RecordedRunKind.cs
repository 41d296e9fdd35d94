namespace TokenLedger.Application.Runs;

/// <summary>What became of a finished run that GitHub told of.</summary>
public enum RecordedRunKind
{
    /// <summary>Its facts are archived and it is queued for collecting.</summary>
    Queued,

    /// <summary>Its facts were archived before, and whoever told of it has dealt with it; nothing was done.</summary>
    DealtWith,

    /// <summary>The workflow is no agent's and the ledger does not know the run; nothing was done.</summary>
    NoAgent,

    /// <summary>The run id is known under another repository; nothing was done.</summary>
    OtherRepository,
}
