using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs.Caching;

/// <summary>
/// Decides per record whether <c>input_tokens</c> already holds the cached tokens. The first rule that matches wins.
/// </summary>
/// <remarks>
/// One provider has both meanings: Copilot is inclusive for GPT on <c>/responses</c>, exclusive for Claude.
/// </remarks>
public static class CacheConvention
{
    /// <summary>The convention of one record.</summary>
    public static CacheDecision Decide(in CacheQuestion question, in CreditEvidence credits)
    {
        var decision = ByRule(question, credits);
        // Cached tokens that do not fit into the input cannot be inside it.
        return decision.Reading != CacheReading.Exclusive && question.Cached > question.Input
            ? new CacheDecision(CacheReading.Exclusive, CacheRule.CachedExceedsInput)
            : decision;
    }

    private static CacheDecision ByRule(in CacheQuestion question, in CreditEvidence credits)
    {
        var traits = question.Traits;
        if (question.InputIncludesCache is { } includes)
            return new CacheDecision(includes ? CacheReading.Inclusive : CacheReading.Exclusive, CacheRule.Stated);
        if (question.CacheRead > question.Input)
            return new CacheDecision(CacheReading.Exclusive, CacheRule.ReadExceedsInput);
        if (traits.IsMessagesPath || traits.Channel == Channel.Anthropic)
            return new CacheDecision(CacheReading.Exclusive, CacheRule.AnthropicProtocol);
        if (traits.Channel == Channel.OpenAI || traits.Channel == Channel.Google)
            return new CacheDecision(CacheReading.Inclusive, CacheRule.InclusiveProvider);
        return traits.Channel == Channel.Copilot ? OfCopilot(question, credits) : ByCredits(question, credits);
    }

    private static CacheDecision OfCopilot(in CacheQuestion question, in CreditEvidence credits)
    {
        if (question.CacheWrite5m > 0 || question.CacheWrite1h > 0)
        {
            // Releases after v0.28.4 may write the detail on /responses too, where the input is the whole prompt.
            return question.Traits.IsResponsesPath && credits.Tell(question) is { } told
                ? new CacheDecision(told, CacheRule.Credits)
                : new CacheDecision(CacheReading.Exclusive, CacheRule.CopilotCacheWrite);
        }

        // Records of v0.28.50 lack "streaming"; agents stream, so only a plain false speaks against it.
        if (question.Traits.IsGpt && question.Traits.IsResponsesPath && question.IsStreamed != false)
            return new CacheDecision(CacheReading.Inclusive, CacheRule.CopilotGptResponses);
        return question.Traits.IsClaude
            ? new CacheDecision(CacheReading.Exclusive, CacheRule.CopilotClaude)
            : ByCredits(question, credits);
    }

    private static CacheDecision ByCredits(in CacheQuestion question, in CreditEvidence credits)
    {
        if (question.Cached == 0)
            return new CacheDecision(CacheReading.Exclusive, CacheRule.NothingCached);
        return credits.Tell(question) is { } reading
            ? new CacheDecision(reading, CacheRule.Credits)
            : new CacheDecision(CacheReading.Unresolved, CacheRule.Unresolved);
    }
}
