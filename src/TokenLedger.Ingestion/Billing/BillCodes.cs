namespace TokenLedger.Ingestion.Billing;

/// <summary>The stable codes of problems in bill files; <c>docs/codes.md</c> says what to do about each.</summary>
internal static class BillCodes
{
    public const string Unrecognised = "TL0601";
    public const string EmptyOrTooLarge = "TL0602";
    public const string MalformedJson = "TL0603";
    public const string NoDay = "TL0604";
    public const string NoAccount = "TL0605";
    public const string SeveralOrganizations = "TL0606";
    public const string Contradiction = "TL0607";
    public const string BadDate = "TL0608";
    public const string BadFigure = "TL0609";
    public const string NoGross = "TL0610";
    public const string MalformedRecord = "TL0611";
    public const string DuplicateColumn = "TL0612";
    public const string LongField = "TL0613";
    public const string TooManyRows = "TL0614";
    public const string OtherCurrency = "TL0615";
    public const string BadPeriod = "TL0616";
    public const string UnknownProvider = "TL0617";
    public const string BadJsonRow = "TL0618";
    public const string SumTooLarge = "TL0619";
    public const string MoreProblems = "TL0620";
    public const string NoUsageItems = "TL0621";
    public const string MissingPage = "TL0622";
    public const string NotGrouped = "TL0623";
}
