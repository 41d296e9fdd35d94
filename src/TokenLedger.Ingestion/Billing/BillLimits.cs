namespace TokenLedger.Ingestion.Billing;

/// <summary>The bounds of one bill file. A real month of a large enterprise is far below each of them.</summary>
internal static class BillLimits
{
    /// <summary>Bytes of a file: it is held in memory while it is read.</summary>
    public const long ContentBytes = 512L * 1024 * 1024;

    /// <summary>Rows of a file: a month of 5 000 people with 30 models a day is 4.6 million.</summary>
    public const long Rows = 5_000_000;

    /// <summary>Bytes of one cell; the longest real cell is a JSON text of tags.</summary>
    public const int FieldBytes = 1024 * 1024;

    /// <summary>Columns of a header; FOCUS 1.4 has 65.</summary>
    public const int Columns = 1_000;

    /// <summary>Answers in one JSON file: a user × day matrix of 3 000 people and a year is about a million.</summary>
    public const int Answers = 1_000_000;

    /// <summary>Levels of nested JSON.</summary>
    public const int JsonDepth = 64;

    /// <summary>Problems listed one by one; the rest is one problem with their number.</summary>
    public const int Problems = 1_000;
}
