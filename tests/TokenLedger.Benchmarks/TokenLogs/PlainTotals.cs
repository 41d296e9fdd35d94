namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>What the plain loop adds up: something from each field, so that none is optimised away.</summary>
internal record struct PlainTotals(
    long Records, long ModelBytes, long IdBytes, long Input, long Output, long CacheRead, long CacheWrite);
