using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Makes disjoint kinds of a summary's sums, which may mix requests that count cached tokens as input with others.
/// </summary>
internal static class SummaryConvention
{
    /// <summary>The tokens, and those that stand in the input under the larger reading only.</summary>
    public static (TokenCounts Tokens, long UnresolvedCacheTokens) Of(SummaryModel model, Channel channel)
    {
        var cached = checked(model.CacheReadTokens + model.CacheWriteTokens);
        var isSeparate = cached == 0 || channel == Channel.Anthropic || cached > model.InputTokens;
        var isInside = channel == Channel.OpenAI || channel == Channel.Google;
        var input = isSeparate ? model.InputTokens : model.InputTokens - cached;
        var reasoningBeside = channel.CountsReasoningBesideOutput ? model.ReasoningTokens : 0;
        var tokens = new TokenCounts(
            input, checked(model.OutputTokens + reasoningBeside), model.CacheReadTokens, model.CacheWriteTokens, 0,
            Math.Min(model.ReasoningTokens, checked(model.OutputTokens + reasoningBeside)));
        return (tokens, isSeparate || isInside ? 0 : cached);
    }
}
