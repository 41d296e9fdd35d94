using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Turns;

/// <summary>What one turn used, or what a phase used that belongs to no turn, with its estimate.</summary>
/// <param name="Usage">The usage; only slices of the days that were asked for.</param>
/// <param name="Requests">Requests counted.</param>
/// <param name="Tokens">Tokens by kind.</param>
/// <param name="EstimatedAiCredits">At list price; null where a part has no price.</param>
/// <param name="Unpriced">Why there is no estimate; null when there is one.</param>
public sealed record PricedTurn(
    TurnUsage Usage, long Requests, TokenCounts Tokens, decimal? EstimatedAiCredits, UnpricedReason? Unpriced)
{
    /// <summary>Whether only time links one of its requests to the turn.</summary>
    public bool IsInferred => Usage.Link == TurnLink.Time;

    /// <summary>Prices a turn.</summary>
    public static PricedTurn Of(TurnUsage usage, PriceBook prices)
    {
        var (requests, tokens, credits, unpriced) = (0L, default(TokenCounts), 0m, (UnpricedReason?)null);
        foreach (var slice in usage.Slices)
        {
            var estimate = prices.EstimateOf(slice);
            requests = checked(requests + slice.Requests);
            tokens += slice.Tokens;
            credits += estimate.AiCredits?.Total ?? 0;
            unpriced ??= estimate.Unpriced;
        }

        return new PricedTurn(usage, requests, tokens, unpriced is null ? credits : null, unpriced);
    }
}
