namespace TokenLedger.Ingestion.Billing;

/// <summary>The stable codes of problems in bill files; <c>docs/codes.md</c> says what to do about each.</summary>
internal static class BillCodes
{
    public const string Unrecognised = "TL0301";
    public const string EmptyOrTooLarge = "TL0302";
    public const string MalformedJson = "TL0303";
    public const string NoDay = "TL0304";
    public const string NoAccount = "TL0305";
    public const string SeveralOrganizations = "TL0306";
    public const string Contradiction = "TL0307";
    public const string BadDate = "TL0308";
    public const string BadFigure = "TL0309";
    public const string NoGross = "TL0310";
    public const string MalformedRecord = "TL0311";
    public const string DuplicateColumn = "TL0312";
    public const string LongField = "TL0313";
    public const string TooManyRows = "TL0314";
    public const string OtherCurrency = "TL0315";
    public const string BadPeriod = "TL0316";
    public const string UnknownProvider = "TL0317";
    public const string BadJsonRow = "TL0318";
    public const string SumTooLarge = "TL0319";
    public const string MoreProblems = "TL0320";
    public const string NoUsageItems = "TL0321";
}
