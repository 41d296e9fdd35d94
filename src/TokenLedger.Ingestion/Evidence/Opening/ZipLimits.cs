namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>How many entries a zip may have, and how far they may unpack.</summary>
internal static class ZipLimits
{
    /// <summary>An artifact of a long run is some hundred entries and a few hundred MiB unpacked.</summary>
    public const int MaximumEntries = 10_000;

    /// <summary>
    /// An entry takes some hundred bytes of the directory: 16 MiB is ten times what 10,000 of them take.
    /// </summary>
    public const long MaximumDirectoryBytes = 16 * 1024 * 1024;

    /// <summary>All entries together.</summary>
    public const long MaximumArchiveBytes = 8L * 1024 * 1024 * 1024;

    /// <summary>A token log of three million requests is under 2 GiB.</summary>
    public const long MaximumEntryBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>JSON lines shrink about 20 times; 200 is far outside, and what bombs begin with.</summary>
    public const long MaximumRatio = 200;

    // Small files of one repeated line exceed any ratio harmlessly.
    private const long RatioFreeBytes = 1024 * 1024;

    /// <summary>The bytes an entry of this packed length may unpack to.</summary>
    public static long EntryBytes(long packedLength) =>
        packedLength >= MaximumEntryBytes / MaximumRatio
            ? MaximumEntryBytes
            : Math.Max(RatioFreeBytes, packedLength * MaximumRatio);
}
