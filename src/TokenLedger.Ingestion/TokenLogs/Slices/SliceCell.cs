using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>
/// The running totals of one slice. The fold keeps the run's total in bounds, so no sum here can overflow.
/// </summary>
internal sealed class SliceCell(SliceKey key)
{
    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long reasoning;
    private long requests;
    private long durationMilliseconds;
    private long unresolvedCacheTokens;

    /// <summary>Adds one request.</summary>
    public void Add(in UsageLine line)
    {
        input += line.Tokens.Input;
        output += line.Tokens.Output;
        cacheRead += line.Tokens.CacheRead;
        cacheWrite5m += line.Tokens.CacheWrite5m;
        cacheWrite1h += line.Tokens.CacheWrite1h;
        reasoning += line.Tokens.Reasoning;
        unresolvedCacheTokens += line.UnresolvedCacheTokens;
        durationMilliseconds += line.DurationMilliseconds;
        requests++;
    }

    /// <summary>The slice as it stands.</summary>
    public UsageSlice ToSlice(string host, long runId) => new(
        new RunKey(host, runId, key.Attempt),
        key.Day,
        key.Phase,
        key.Purpose,
        key.Channel,
        key.Model,
        key.IsAutoSelected,
        key.ServiceTier,
        key.PromptLengthThresholdTokens,
        key.Evidence,
        requests,
        durationMilliseconds,
        new TokenCounts(input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning),
        unresolvedCacheTokens);
}
