namespace TokenLedger.Ingestion.TokenLogs.Caching;

/// <summary>A record's cache convention and the rule that decided it.</summary>
public readonly record struct CacheDecision(CacheReading Reading, CacheRule Rule);
