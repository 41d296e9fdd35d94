namespace TokenLedger.Ingestion.Evidence;

/// <summary>The codes of problems with evidence files; each is explained in <c>docs/codes.md</c>.</summary>
internal static class EvidenceCodes
{
    public const string NotFound = "TL0301";
    public const string Unreadable = "TL0302";
    public const string LinkNotFollowed = "TL0303";
    public const string NothingRecognised = "TL0304";
    public const string TooMany = "TL0305";
    public const string NoFile = "TL0306";
    public const string CorruptZip = "TL0311";
    public const string UnsafeEntryName = "TL0312";
    public const string EntryTooLarge = "TL0313";
    public const string EntryRatio = "TL0314";
    public const string TooManyEntries = "TL0315";
    public const string EncryptedEntry = "TL0316";
    public const string NestedZip = "TL0317";
    public const string DuplicateEntry = "TL0318";
    public const string DirectoryTooLarge = "TL0319";
    public const string WrongAnswer = "TL0321";
    public const string RunWithoutId = "TL0322";
    public const string IdentityMissing = "TL0401";
    public const string IdentityContradiction = "TL0402";
    public const string IdentityInvalid = "TL0403";
    public const string TwoRunsInOneBundle = "TL0404";
    public const string MisplacedUpload = "TL0405";
    public const string ArtifactTooLarge = "TL0411";
    public const string ArtifactExpired = "TL0412";
    public const string CollectionRefused = "TL0413";
    public const string TooManyArtifacts = "TL0414";
    public const string ArtifactNotDelivered = "TL0415";
    public const string LineNotJson = "TL0501";
    public const string LineTooLong = "TL0502";
    public const string LineCut = "TL0503";
    public const string FileNotJson = "TL0504";
    public const string FileTooLarge = "TL0505";
    public const string WrongFigure = "TL0506";
}
