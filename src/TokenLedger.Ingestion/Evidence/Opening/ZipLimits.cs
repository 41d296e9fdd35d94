namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>How far an entry may unpack.</summary>
internal static class ZipLimits
{
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
