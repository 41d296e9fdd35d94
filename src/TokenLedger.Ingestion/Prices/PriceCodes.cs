namespace TokenLedger.Ingestion.Prices;

/// <summary>The codes of problems in price files; each is explained in <c>docs/codes.md</c>.</summary>
internal static class PriceCodes
{
    public const string NotJson = "TL0201";
    public const string TooLarge = "TL0202";
    public const string WrongSchema = "TL0203";
    public const string WrongField = "TL0204";
    public const string UnsoundRows = "TL0205";
    public const string AliasConflict = "TL0206";
    public const string ListNotJson = "TL0207";
    public const string ListTooLarge = "TL0208";
    public const string NoKnownList = "TL0209";
}
