namespace TokenLedger.Application.Records;

/// <summary>What a column of a record table holds.</summary>
public enum RecordColumnKind
{
    /// <summary>Text of up to 8,000 characters; hostile text is stored as it is.</summary>
    Text,

    /// <summary>Text of up to 200,000 characters.</summary>
    LongText,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A UTC day, as <c>yyyy-MM-dd</c>.</summary>
    Day,

    /// <summary>A UTC time, as sortable text.</summary>
    Time,

    /// <summary>An exact decimal as text; beside it a double in <c>NAMEchart</c>, for charts alone.</summary>
    Number,

    /// <summary>
    /// Money in whole nano-credits; beside it US dollars as a double in <c>NAMEusdchart</c>, for charts alone.
    /// </summary>
    NanoCredits,
}
