using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Caching;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>A usage record made comparable: disjoint token kinds, its slice, its identity.</summary>
internal struct UsageLine
{
    /// <summary>The slice it belongs to.</summary>
    public SliceSlot Slot;

    /// <summary>The identity for de-duplication.</summary>
    public UInt128 Identity;

    /// <summary>The fingerprint of the content.</summary>
    public ulong Fingerprint;

    /// <summary>Its tokens; of an unresolved record the smaller reading.</summary>
    public TokenCounts Tokens;

    /// <summary>By how much the larger reading has more input.</summary>
    public long UnresolvedCacheTokens;

    /// <summary>The end of the response, UTC.</summary>
    public long TimestampTicks;

    /// <summary>From request to end of response.</summary>
    public long DurationMilliseconds;

    /// <summary>The proxy's own figure.</summary>
    public decimal? ReportedAiCredits;

    /// <summary>The line in its block, from 1; 0 for a record that came by another road.</summary>
    public int Line;

    /// <summary>The rule that told the cache convention.</summary>
    public CacheRule CacheRule;

    /// <summary>Whether a split of cache writes did not add up.</summary>
    public bool IsCacheWriteSplitInconsistent;

    /// <summary>Whether it stands for a whole WebSocket connection.</summary>
    public bool IsWebSocket;
}
