namespace TokenLedger.Application.Ingesting;

/// <summary>The stable codes of problems that taking evidence or bills can meet outside the files' content.</summary>
public static class IngestProblems
{
    /// <summary>The run id is known under another repository.</summary>
    public const string RunConflict = "TL0901";

    /// <summary>A file could not be read to its end.</summary>
    public const string Unreadable = "TL0902";

    /// <summary>A bill file is larger than the reader takes.</summary>
    public const string BillTooLarge = "TL0903";

    /// <summary>A folder holds more bill files than one import takes.</summary>
    public const string TooManyBills = "TL0904";

    /// <summary>What is named as a bill is a pipe, socket or device.</summary>
    public const string NoFile = "TL0905";

    /// <summary>A folder below the one named was not looked into.</summary>
    public const string FolderNotEntered = "TL0906";

    /// <summary>A folder holds no bill file.</summary>
    public const string NoBill = "TL0907";
}
