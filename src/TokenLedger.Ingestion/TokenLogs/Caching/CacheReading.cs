namespace TokenLedger.Ingestion.TokenLogs.Caching;

/// <summary>What a record's <c>input_tokens</c> holds.</summary>
public enum CacheReading
{
    /// <summary>The record does not tell: fresh tokens lie between the two readings.</summary>
    Unresolved,

    /// <summary>The whole prompt: cached tokens are inside and must be taken off.</summary>
    Inclusive,

    /// <summary>Fresh tokens only: cached tokens stand beside it.</summary>
    Exclusive,
}
