namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>What the plain loop adds up: something from each field, so that none is optimised away.</summary>
internal record struct PlainTotals(
    long Records, long Seconds, long ModelLetters, long IdLetters, long Input, long Output, long CacheRead);
