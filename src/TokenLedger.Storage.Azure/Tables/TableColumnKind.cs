namespace TokenLedger.Storage.Azure.Tables;

/// <summary>The types that a column can have.</summary>
public enum TableColumnKind
{
    Text,
    Int32,
    Int64,
    Boolean,

    /// <summary>Binary floating point; not for money.</summary>
    Double,

    /// <summary>A UTC instant in steps of 100 ns, from 1601 on.</summary>
    Instant,
    Binary,
    Guid,
}
