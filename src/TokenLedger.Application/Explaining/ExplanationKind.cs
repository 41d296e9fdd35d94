namespace TokenLedger.Application.Explaining;

/// <summary>What a node of an explanation stands for.</summary>
public enum ExplanationKind
{
    /// <summary>A run, all attempts.</summary>
    Run,

    /// <summary>One attempt of a run, or its part in a day or a charge.</summary>
    Attempt,

    /// <summary>A repository over a period.</summary>
    Repository,

    /// <summary>A workflow over a period, or within a charge.</summary>
    Workflow,

    /// <summary>A UTC day.</summary>
    Day,

    /// <summary>A wallet's part in a day.</summary>
    Account,

    /// <summary>Money of a bill that is no AI usage, and so is never added to it.</summary>
    Component,

    /// <summary>What a run used in one phase, for one purpose, through one channel, of one model.</summary>
    Slice,

    /// <summary>Tokens of one kind at one list price.</summary>
    Price,

    /// <summary>The part of one charge that one slice answers for.</summary>
    Share,

    /// <summary>A charge, all of it.</summary>
    Charge,

    /// <summary>The line of the bill that a charge is.</summary>
    Line,

    /// <summary>A part of a charge that no run answers for.</summary>
    Unallocated,

    /// <summary>How final a day is.</summary>
    Settlement,

    /// <summary>Why something is so: a code and its sentence.</summary>
    Reason,

    /// <summary>Something to know, or to do.</summary>
    Note,

    /// <summary>Nodes that are too many to be told one by one.</summary>
    Others,
}
