using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs.Caching;

/// <summary>Tells the cache conventions apart by what the proxy says a response cost.</summary>
/// <remarks>The proxy rounds each response to six places (AWF v0.28.4, <c>ai-credits-guard.js</c>).</remarks>
/// <param name="Prices">The price book.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model.</param>
/// <param name="IsAutoSelected">Whether automatic selection chose the model.</param>
/// <param name="Day">The UTC day of the request.</param>
/// <param name="ReportedAiCredits">The proxy's own figure; null when it has none.</param>
public readonly record struct CreditEvidence(
    PriceBook Prices,
    Channel Channel,
    string Model,
    bool IsAutoSelected,
    DateOnly Day,
    decimal? ReportedAiCredits)
{
    private const decimal ToleranceAiCredits = 0.000001m;

    /// <summary>The only reading that costs what was reported; null when none does, or both do.</summary>
    public CacheReading? Tell(in CacheQuestion question)
    {
        if (ReportedAiCredits is not { } reported)
            return null;
        var fresh = checked(question.Input - question.Cached);
        var isInclusive = fresh >= 0 && Costs(question, fresh, reported);
        var isExclusive = Costs(question, question.Input, reported);
        return (isInclusive, isExclusive) switch
        {
            (true, false) => CacheReading.Inclusive,
            (false, true) => CacheReading.Exclusive,
            _ => null,
        };
    }

    private bool Costs(in CacheQuestion question, long freshTokens, decimal reported)
    {
        var tokens = new TokenCounts(
            freshTokens, question.Output, question.CacheRead, question.CacheWrite5m, question.CacheWrite1h);
        var slice = new UsageSlice(
            default, Day, Phase.Agent, Purpose.Main, Channel, Model, IsAutoSelected, UsageSlice.StandardTier,
            PromptLengthBand.Of(tokens.Prompt), UsageEvidence.ProxyRecords, 1, 0, tokens);
        return Prices.EstimateOf(slice).AiCredits is { } credits
            && Math.Abs(credits.Total - reported) <= ToleranceAiCredits;
    }
}
