namespace TokenLedger.Ingestion.Sessions;

/// <summary>One model's sums in a summary, before the cache convention is decided.</summary>
internal sealed record SummaryModel(
    string? Provider,
    string Model,
    long InputTokens,
    long OutputTokens,
    long CacheReadTokens,
    long CacheWriteTokens,
    long ReasoningTokens,
    long Requests)
{
    public bool IsEmpty => (InputTokens | OutputTokens | CacheReadTokens | CacheWriteTokens) == 0;
}
