namespace TokenLedger.Ingestion.TokenLogs.Caching;

/// <summary>What the cache convention of one record is decided from. All counts are as recorded.</summary>
/// <param name="Traits">What provider, path and model tell.</param>
/// <param name="InputIncludesCache">The record's own word; null where it has none.</param>
/// <param name="IsStreamed">Whether the answer was streamed; null where the record does not tell.</param>
/// <param name="Input">Input tokens as recorded.</param>
/// <param name="Output">Output tokens, every reasoning token included.</param>
/// <param name="CacheRead">Cache-read tokens.</param>
/// <param name="CacheWrite5m">Cache writes of five minutes or of a life not stated.</param>
/// <param name="CacheWrite1h">Cache writes of one hour.</param>
public readonly record struct CacheQuestion(
    CacheTraits Traits,
    bool? InputIncludesCache,
    bool? IsStreamed,
    long Input,
    long Output,
    long CacheRead,
    long CacheWrite5m,
    long CacheWrite1h)
{
    /// <summary>All cached tokens.</summary>
    public long Cached => checked(CacheRead + CacheWrite5m + CacheWrite1h);
}
